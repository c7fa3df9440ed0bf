# RabbitMQ: the bus. Each set has its own node and its own epmd (Erlang's directory of nodes) on its own port,
# so that taking one set down cannot touch another's. No rabbitmqctl: it would listen on all addresses while it runs.

epmd_start() {
  ! is_running epmd || return 0
  require_free_port epmd "$(port_of epmd)"
  # RabbitMQ's package brings epmd, in a folder that depends on Erlang's version.
  local program
  program=$(command -v epmd || printf '%s\n' /usr/lib/erlang/erts-*/bin/epmd | tail -n 1)
  start_process epmd "$program" -address 127.0.0.1 -port "$(port_of epmd)"
}

rabbitmq_start() {
  local folder distribution erl_args watermark
  epmd_start
  ! is_running rabbitmq || return 0
  distribution=$(port_of rabbitmq-distribution)
  require_free_port rabbitmq "$(port_of rabbitmq)"
  require_free_port rabbitmq "$(port_of rabbitmq-management)"
  require_free_port rabbitmq "$distribution"
  folder=$(plain_folder rabbitmq)
  watermark=$(smaller 4096 $(($(memory_megabytes) * 2 / 5)))
  render "$root/deploy/local/rabbitmq.conf" "port=$(port_of rabbitmq)" "management=$(port_of rabbitmq-management)" \
    "watermark=${watermark}MB" >"$run_dir/conf/rabbitmq.conf"
  echo '[rabbitmq_management].' >"$run_dir/conf/rabbitmq-plugins"
  [[ -e $folder/.erlang.cookie ]] || (umask 377 && random_text 32 >"$folder/.erlang.cookie")
  wait_until epmd 10 port_answers "$(port_of epmd)"
  # Schedulers that find no work sleep at once instead of spinning: the cores belong to the others too.
  erl_args="-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none"
  # Debian's wrapper in /usr/sbin changes the user; this one runs as whoever starts the set. With RUNNING_UNDER_SYSTEMD
  # the script becomes the node instead of watching over it: the recorded pid is the node's.
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

# The user and the virtual host come from the configuration at the node's first start.
rabbitmq_ready() {
  local api
  api=http://127.0.0.1:$(port_of rabbitmq-management)/api
  http_ok -u hunt:hunt "$api/health/checks/port-listener/$(port_of rabbitmq)" && http_ok -u hunt:hunt "$api/vhosts/hunt"
}
