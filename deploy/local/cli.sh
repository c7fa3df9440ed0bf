# Commands that the engine's own Cli carries out, against a set or (--against URL) a system that runs elsewhere.

cli_commands=(demo token audit replay at errors)

cli() {
  local word against='' words=() code=0
  while (($#)); do
    word=$1
    shift
    case $word in
      --against) (($#)) || fail "--against needs the URL of a site."; against=$1; shift ;;
      --against=*) against=${word#*=} ;;
      *) words+=("$word") ;;
    esac
  done
  if [[ $against ]]; then
    [[ $against =~ ^https?:// ]] || fail "--against needs the URL of a site, such as http://127.0.0.1:8080."
    build hosts
    export HUNT_URL=${against%/} Auth__SigningKey=${Auth__SigningKey:-$development_signing_key} Auth__Issuer=${Auth__Issuer:-treasure-hunt}
    exec dotnet "$(program_of Cli)" "${words[@]}"
  fi
  if [[ ${words[0]} == demo ]]; then up; fi
  require_set
  build hosts
  load_environment
  dotnet "$(program_of Cli)" "${words[@]}" || code=$?
  if [[ ${words[0]} == demo ]]; then
    say "the site stays at $HUNT_URL; './hunt down$(name_option)' stops everything"
  fi
  return "$code"
}

name_option() { [[ $set_name == main ]] || echo " --name $set_name"; }

is_cli_command() { [[ -n $1 && " ${cli_commands[*]} " == *" $1 "* ]]; }
