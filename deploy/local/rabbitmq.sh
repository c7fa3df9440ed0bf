# RabbitMQ: the bus. Each set has its own node and its own epmd (Erlang's port mapper) on its own port, so that sets are independent.
# rabbitmqctl is not used, because it listens on all addresses while it runs.

# The broker's users in deploy/rabbitmq/definitions.json.
rabbitmq_users=(api worker projections storefront-shop analytics-shop monitoring operator)

# Creates the passwords of a set, a line for each user.
rabbitmq_passwords() {
  local user
  [[ -e $run_dir/rabbitmq-passwords ]] ||
    (umask 077 && for user in "${rabbitmq_users[@]}"; do echo "$user $(random_text 32)"; done >"$run_dir/rabbitmq-passwords")
}

rabbitmq_password() { awk -v user="$1" '$1 == user { print $2 }' "$run_dir/rabbitmq-passwords"; }

# rabbitmq_variable USER: prints the name of the variable with the user's address, such as HUNT_RABBITMQ_STOREFRONT_SHOP.
rabbitmq_variable() { local name=HUNT_RABBITMQ_${1//-/_}; echo "${name^^}"; }

rabbitmq_variables() { local user; for user in "${rabbitmq_users[@]}"; do rabbitmq_variable "$user"; done; }

rabbitmq_address() { echo "amqp://$1:$(rabbitmq_password "$1")@127.0.0.1:$(port_of rabbitmq)/hunt"; }

# rabbitmq_definitions FILE
rabbitmq_definitions() (
  umask 077
  for user in "${rabbitmq_users[@]}"; do
    variable=$(rabbitmq_variable "$user")
    export "${variable/RABBITMQ_/RABBITMQ_PASSWORD_}=$(rabbitmq_password "$user")"
  done
  "$root/deploy/rabbitmq/definitions.sh" "$root/deploy/rabbitmq/definitions.json" >"$1"
)

epmd_start() {
  ! is_running epmd || return 0
  require_free_port epmd "$(port_of epmd)"
  # The folder of epmd depends on the version of Erlang.
  local program
  program=$(command -v epmd || printf '%s\n' /usr/lib/erlang/erts-*/bin/epmd | tail -n 1)
  start_process epmd "$program" -address 127.0.0.1 -port "$(port_of epmd)"
}

rabbitmq_start() {
  local folder distribution erl_args watermark plugins=rabbitmq_management
  epmd_start
  ! is_running rabbitmq || return 0
  distribution=$(port_of rabbitmq-distribution)
  require_free_port rabbitmq "$(port_of rabbitmq)"
  require_free_port rabbitmq "$(port_of rabbitmq-management)"
  require_free_port rabbitmq "$distribution"
  folder=$(plain_folder rabbitmq)
  watermark=$(smaller 4096 $(($(memory_megabytes) * 2 / 5)))
  render "$root/deploy/local/rabbitmq.conf" "port=$(port_of rabbitmq)" "management=$(port_of rabbitmq-management)" \
    "definitions=$folder/definitions.json" "watermark=${watermark}MB" >"$run_dir/conf/rabbitmq.conf"
  rabbitmq_definitions "$folder/definitions.json"
  # The benchmark counts messages. The management plugin does so only at a cost for each message, these metrics at none.
  if [[ $set_name == bench ]]; then
    require_free_port rabbitmq "$(port_of rabbitmq-metrics)"
    plugins+=,rabbitmq_prometheus
    printf 'prometheus.tcp.ip = 127.0.0.1\nprometheus.tcp.port = %s\n' "$(port_of rabbitmq-metrics)" >>"$run_dir/conf/rabbitmq.conf"
  fi
  echo "[$plugins]." >"$run_dir/conf/rabbitmq-plugins"
  [[ -e $folder/.erlang.cookie ]] || (umask 377 && random_text 32 >"$folder/.erlang.cookie")
  wait_until epmd 10 port_answers "$(port_of epmd)"
  # Idle schedulers sleep at once instead of spinning, because the servers share the processors.
  erl_args="-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none"
  # A message passes several Erlang processes. On two processors one scheduler runs them without waking another.
  (($(nproc) > 2)) || erl_args+=" +S 1:1"
  # Debian's wrapper in /usr/sbin changes the user; this script keeps it. With RUNNING_UNDER_SYSTEMD the script executes the node instead of
  # supervising it, so that the recorded pid is the node's.
  start_process rabbitmq env HOME="$folder" ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT="$(port_of epmd)" \
    RABBITMQ_NODENAME="hunt-$set_name@localhost" RABBITMQ_DIST_PORT="$distribution" \
    RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$(port_of rabbitmq)" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="$erl_args" RUNNING_UNDER_SYSTEMD=true \
    RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE="$run_dir/conf/rabbitmq.conf" \
    RABBITMQ_ADVANCED_CONFIG_FILE="$folder/none" RABBITMQ_ENABLED_PLUGINS_FILE="$run_dir/conf/rabbitmq-plugins" \
    RABBITMQ_MNESIA_BASE="$folder/data" RABBITMQ_LOG_BASE="$run_dir/log" RABBITMQ_LOGS=- \
    RABBITMQ_GENERATED_CONFIG_DIR="$folder/generated" RABBITMQ_PID_FILE="$folder/pid" \
    ERL_CRASH_DUMP_SECONDS=0 /usr/lib/rabbitmq/bin/rabbitmq-server
}

rabbitmq_prepare() { wait_until rabbitmq 90 rabbitmq_ready; }

# The node imports its definitions at each start.
rabbitmq_ready() {
  local api
  api=http://127.0.0.1:$(port_of rabbitmq-management)/api
  rabbitmq_http "$api/health/checks/port-listener/$(port_of rabbitmq)" && rabbitmq_http "$api/vhosts/hunt"
}

# The password goes through a pipe: other users can read the arguments of a command.
rabbitmq_http() { http_ok -K - "$@" <<<"user = operator:$(rabbitmq_password operator)"; }
