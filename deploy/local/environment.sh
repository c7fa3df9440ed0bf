# The variables of docs/configuration.md for one set. A variable that is already set is kept, and its server is external: ./hunt neither
# starts nor prepares it.

configuration_names=(
  ConnectionStrings__Postgres ConnectionStrings__RabbitMq ConnectionStrings__RedisLocks ConnectionStrings__RedisReadModels
  ConnectionStrings__Memcached EventStore__Schema ReadModels__Prefix Shards__Count
  Auth__Players__JwksFile Auth__Storefronts__JwksFile Auth__Administrators__JwksFile Visitors__Enabled Visitors__KeyFile
)

# The first part of the keys in deploy/docker/development.yml. It signs tokens for a system that ./hunt did not start.
development_signing_key=treasure-hunt-development-key-not-for-production

load_environment() {
  local at=127.0.0.1 audience user variable
  external_servers=''
  server_setting postgres ConnectionStrings__Postgres \
    "Host=$at;Port=$(port_of postgres);Database=treasurehunt;Username=hunt;Password=hunt"
  [[ -e $run_dir/rabbitmq-passwords ]] ||
    fail "the set '$set_name' is of an older version: its broker has only one user." "Run ./hunt down --name $set_name, then ./hunt up --name $set_name."
  # The address of the operator, for tools; each host gets its own address.
  server_setting rabbitmq ConnectionStrings__RabbitMq "$(rabbitmq_address operator)"
  for user in "${rabbitmq_users[@]}"; do
    variable=$(rabbitmq_variable "$user")
    if ! is_managed rabbitmq; then export "$variable=${!variable:-$ConnectionStrings__RabbitMq}"; else export "$variable=${!variable:-$(rabbitmq_address "$user")}"; fi
  done
  server_setting redis-locks ConnectionStrings__RedisLocks \
    "$at:$(port_of redis-locks-1);$at:$(port_of redis-locks-2);$at:$(port_of redis-locks-3)"
  server_setting redis-read-models ConnectionStrings__RedisReadModels \
    "$at:$(port_of redis-read-models-1),$at:$(port_of redis-read-models-2),$at:$(port_of redis-read-models-3)"
  server_setting memcached ConnectionStrings__Memcached "$at:$(port_of memcached)"
  export EventStore__Schema=${EventStore__Schema:-treasurehunt}
  export ReadModels__Prefix=${ReadModels__Prefix:-th}
  # One shard uses about two processors, including the servers behind it.
  export Shards__Count=${Shards__Count:-$(larger 1 $(($(nproc) / 2)))}
  export HUNT_KEYS=${HUNT_KEYS:-$run_dir/keys}
  for audience in Players Storefronts Administrators; do auth_setting "$audience"; done
  export Visitors__Enabled=${Visitors__Enabled:-false} Visitors__KeyFile=${Visitors__KeyFile:-$HUNT_KEYS/players.pem}
  export HUNT_URL=http://$at:$site_port
  HUNT_OPERATORS_URL=http://$at:$(port_of operators)
  export HUNT_OPERATORS_URL
  export HUNT_API=http://$at:$(port_of api-1)
  # The broker has the dead letters; the site has no route to it.
  export HUNT_RUN_DIR=$run_dir
  HUNT_RABBITMQ_MANAGEMENT=http://operator:$(rabbitmq_password operator)@$at:$(port_of rabbitmq-management)
  export HUNT_RABBITMQ_MANAGEMENT
  is_managed rabbitmq || unset HUNT_RABBITMQ_MANAGEMENT
}

# The set's key set of an audience, unless the environment has another source of keys.
auth_setting() {
  local source name
  for source in Authority JwksUrl Jwks SigningKey SigningKeys__0; do
    name=Auth__$1__$source
    [[ -z ${!name:-} ]] || return 0
  done
  name=Auth__$1__JwksFile
  export "$name=${!name:-$HUNT_KEYS/${1,,}.jwks.json}"
}

# server_setting SERVER VARIABLE VALUE-OF-THE-SET
server_setting() {
  if [[ -n ${!2:-} && ${!2} != "$3" ]]; then
    external_servers+=" $1 "
  else
    export "$2=$3"
  fi
}

# is_managed SERVER: false when the environment has its connection string.
is_managed() { [[ $external_servers != *" ${1/epmd/rabbitmq} "* ]]; }

# print_environment GIVEN: prints the variables as export lines. The last line lists those that the environment had not GIVEN, so that a
# later ./hunt in the same shell recognizes them.
print_environment() {
  local name values=''
  for name in "${configuration_names[@]}" HUNT_URL HUNT_OPERATORS_URL HUNT_RUN_DIR HUNT_KEYS HUNT_RABBITMQ_MANAGEMENT $(rabbitmq_variables); do
    [[ ${!name+set} ]] || continue
    printf 'export %s=%q\n' "$name" "${!name}"
    [[ $1 == *" $name "* ]] || values+=$name=${!name}$'\n'
  done
  printf 'export HUNT_PRINTED_VALUES=%q\n' "$values"
}

# Unsets the variables that still have the values of 'servers env': they belong to a set. A setting of the caller is kept.
drop_printed_values() {
  local line name
  while IFS= read -r line; do
    name=${line%%=*}
    [[ -z $line || ${!name-} != "${line#*=}" ]] || unset "$name"
  done <<<"${HUNT_PRINTED_VALUES:-}"
  unset HUNT_PRINTED_VALUES
}
