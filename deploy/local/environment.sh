# The variables of docs/configuration.md for one set. A setting that is already in the environment wins,
# and the server behind it is then somebody else's: it is neither started nor prepared.

configuration_names=(
  ConnectionStrings__Postgres ConnectionStrings__RabbitMq ConnectionStrings__RedisLocks ConnectionStrings__RedisReadModels
  ConnectionStrings__Memcached EventStore__Schema ReadModels__Prefix Shards__Count Auth__SigningKey Auth__Issuer Visitors__Enabled
)

# The key in docker-compose.yml: what tokens are signed with against a system that ./hunt did not start.
development_signing_key=treasure-hunt-development-key-not-for-production

load_environment() {
  local at=127.0.0.1
  given=''
  server_setting postgres ConnectionStrings__Postgres \
    "Host=$at;Port=$(port_of postgres);Database=treasurehunt;Username=hunt;Password=hunt"
  server_setting rabbitmq ConnectionStrings__RabbitMq "amqp://hunt:hunt@$at:$(port_of rabbitmq)/hunt"
  server_setting redis-locks ConnectionStrings__RedisLocks \
    "$at:$(port_of redis-locks-1);$at:$(port_of redis-locks-2);$at:$(port_of redis-locks-3)"
  server_setting redis-read-models ConnectionStrings__RedisReadModels \
    "$at:$(port_of redis-read-models-1),$at:$(port_of redis-read-models-2),$at:$(port_of redis-read-models-3)"
  server_setting memcached ConnectionStrings__Memcached "$at:$(port_of memcached)"
  export EventStore__Schema=${EventStore__Schema:-treasurehunt}
  export ReadModels__Prefix=${ReadModels__Prefix:-th}
  # Every shard keeps about two processors busy, with all that its claims pass through.
  export Shards__Count=${Shards__Count:-$(larger 1 $(($(nproc) / 2)))}
  export Auth__SigningKey=${Auth__SigningKey:-$(<"$run_dir/signing-key")}
  export Auth__Issuer=${Auth__Issuer:-treasure-hunt}
  # The page can be tried without a shop around it.
  export Visitors__Enabled=${Visitors__Enabled:-true}
  export HUNT_URL=http://$at:$site_port
  export HUNT_API=http://$at:$(port_of api-1)
  # Who holds the dead letters; the site does not lead there.
  export HUNT_COMMANDS=http://$at:$(port_of commands-1)
  export HUNT_RUN_DIR=$run_dir
  HUNT_RABBITMQ_MANAGEMENT=http://hunt:hunt@$at:$(port_of rabbitmq-management)
  export HUNT_RABBITMQ_MANAGEMENT
  is_ours rabbitmq || unset HUNT_RABBITMQ_MANAGEMENT
}

# server_setting SERVER VARIABLE OWN-VALUE
server_setting() {
  if [[ -n ${!2:-} && ${!2} != "$3" ]]; then
    given+=" $1 "
  else
    export "$2=$3"
  fi
}

# is_ours SERVER: false when its connection setting was given from outside.
is_ours() { [[ $given != *" ${1/epmd/rabbitmq} "* ]]; }

print_environment() {
  local name
  for name in "${configuration_names[@]}" HUNT_URL HUNT_RUN_DIR HUNT_RABBITMQ_MANAGEMENT; do
    [[ -z ${!name+set} ]] || printf 'export %s=%q\n' "$name" "${!name}"
  done
}
