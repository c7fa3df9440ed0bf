# Commands of the Cli, for a set or (--against URL, --operators URL) for another running system.

cli_commands=(demo token keys audit replay at errors)

cli() {
  local word against='' operators='' arguments=() code=0
  while (($#)); do
    word=$1
    shift
    case $word in
      --against) (($#)) || fail "--against needs the URL of a site, such as http://127.0.0.1:8080."; against=$1; shift ;;
      --against=*) against=${word#*=} ;;
      --operators) (($#)) || fail "--operators needs the URL of the operators' port."; operators=$1; shift ;;
      --operators=*) operators=${word#*=} ;;
      *) arguments+=("$word") ;;
    esac
  done
  if [[ $against ]]; then
    [[ $against =~ ^https?:// ]] || fail "--against needs the URL of a site, such as http://127.0.0.1:8080."
    [[ ! $operators || $operators =~ ^https?:// ]] || fail "--operators needs the URL of the operators' port, such as http://127.0.0.1:8089."
    build hosts
    # By default the Cli uses port 8089 of the same machine.
    export HUNT_URL=${against%/} HUNT_OPERATORS_URL=${operators%/}
    [[ ${HUNT_KEYS:-} ]] || development_keys
    exec dotnet "$(program_of Cli)" "${arguments[@]}"
  fi
  [[ ! $operators ]] || fail "--operators requires --against: a set of ./hunt has its own operators' port."
  if [[ ${arguments[0]} == keys ]]; then
    build hosts
    exec dotnet "$(program_of Cli)" "${arguments[@]}"
  fi
  # The demo page works without a storefront.
  if [[ ${arguments[0]} == demo ]]; then export Visitors__Enabled=${Visitors__Enabled:-true}; up; fi
  require_set
  build hosts
  load_environment
  dotnet "$(program_of Cli)" "${arguments[@]}" || code=$?
  if [[ ${arguments[0]} == demo ]]; then
    say "the site keeps running at $HUNT_URL; './hunt down$(name_option)' stops it"
  fi
  return "$code"
}

# The published signing keys of development systems, from deploy/docker/development.yml.
development_keys() {
  local audience name
  for audience in Players Storefronts Administrators; do
    name=Auth__${audience}__SigningKey
    export "$name=${!name:-$development_signing_key:${audience,,}}"
  done
}

name_option() { [[ $set_name == main ]] || echo " --name $set_name"; }

is_cli_command() { [[ -n $1 && " ${cli_commands[*]} " == *" $1 "* ]]; }
