# The help texts of ./hunt. They need no build: the folder help has the help texts of the programs.

print_help() {
  local text file=${1:-} word
  text=$(help_of "${1:-}") || fail "there is no command '$1'." "./hunt --help lists the commands."
  printf '%s\n' "$text"
  # For a command of the Cli: the help text of the command or its subcommand.
  is_cli_command "$file" || return 0
  for word in "${@:2}"; do
    [[ ! $word =~ ^[a-z]+$ || ! -e $root/deploy/local/help/$file-$word.txt ]] || file+=-$word
  done
  echo
  cat "$root/deploy/local/help/$file.txt"
}

help_of() {
  case $1 in
    '') cat <<'TEXT' ;;
Usage: ./hunt COMMAND [--name SET]

  demo       start everything, run a sale with thousands of players, audit it; leaves the site running
  up         start the servers and hosts of a set, and wait until they are ready
  down       stop everything of a set; --purge deletes its data too
  status     servers and hosts of a set: process, port, state
  logs       logs of a set's servers and hosts
  hosts      start, stop or restart hosts of a running set
  servers    the servers alone: up, down, reload, env
  token      print a token for a player, a storefront or an administrator
  keys       create the keys that sign and verify tokens
  audit      compare the event store with the read models
  replay     rebuild read models from the event store, without an interruption
  at         show the state of a treasure or a hunt at a point in time
  errors     list, show, retry or drop messages that could not be processed
  test       run all tests on separate servers
  faults     break servers and hosts under load, and check the guarantees
  bench      measure the engine and alternatives
  install    install missing packages

A set is one running system with its own ports and data. The default set is 'main'; --name or HUNT_SET selects another.
Several sets can run at the same time. All processes listen on 127.0.0.1 only; the files of a set are in .run/SET/.
A server whose connection string is in the environment (docs/configuration.md) is used and not started.

./hunt COMMAND --help describes a command.
TEXT
    demo) cat <<'TEXT' ;;
Usage: ./hunt demo [options]

Installs and builds what is missing, starts the set unless it runs, opens a hunt in which thousands of players claim
treasures, and audits the result. The site keeps running at http://127.0.0.1:8080 until ./hunt down.

  --against URL   use another running system, such as docker compose's, and start nothing
                  (the keys in the folder HUNT_KEYS sign the tokens, or the keys of deploy/docker/development.yml)
  --operators URL with --against: the operators' port of that system; default: port 8089 of the same machine
TEXT
    up) cat <<'TEXT' ;;
Usage: ./hunt up [--name SET]

Starts the servers and hosts of a set, and waits until each is ready. Running processes are kept.
HUNT_SITE_PORT=8090 ./hunt up uses another port for the site (main: 8080).
TEXT
    down) cat <<'TEXT' ;;
Usage: ./hunt down [--purge] [--name SET]

Stops the hosts, which complete accepted requests, and then the servers. The data is kept for the next ./hunt up.

  --purge   also delete the set's data, logs and keys
TEXT
    status) cat <<'TEXT' ;;
Usage: ./hunt status [--name SET]

Prints process, port and state of each server and host. The exit code is 0 when all are up, else 1.
TEXT
    logs) cat <<'TEXT' ;;
Usage: ./hunt logs [NAME…] [-f] [-n LINES] [--name SET]

Prints the last lines of the named logs (api-1, rabbitmq, …) or of all logs. -f prints new lines too.
TEXT
    hosts) cat <<'TEXT' ;;
Usage: ./hunt hosts start|stop|restart [HOST…] [--name SET]

Hosts: api-1 api-2 commands-1 commands-2 projections. Default: all hosts. restart restarts one after the other.
TEXT
    servers) cat <<'TEXT' ;;
Usage: ./hunt servers up|down|reload|env [--name SET]

  up       start PostgreSQL, RabbitMQ, three Redis for locks, a Redis cluster, Memcached and HAProxy
  down     stop them, and the hosts that use them; --purge deletes the data too
  reload   reload the configuration of HAProxy without losing a request
  env      print export lines with the set's settings:  eval "$(./hunt servers env --name SET)"
TEXT
    errors) cat <<'TEXT' ;;
Usage: ./hunt errors list|show|retry|drop [QUEUE] [options]   [--against URL] [--name SET]

Each queue has a dead-letter queue for messages that could not be processed. list and show change nothing.

  ./hunt errors list                      number and reasons of the dead letters of each queue
  ./hunt errors show claims-0 --count 5   headers, reason and body of the first 5; proofs are masked
  ./hunt errors retry claims-0 --all      move all back to the queue; a claim or command has one effect only
  ./hunt errors retry claims-0 --id ID
  ./hunt errors drop claims-intake --id ID --yes
TEXT
    token) cat <<'TEXT' ;;
Usage: ./hunt token player ID | storefront PREFIX | admin [--scope hunts|claims|operations|read]… [--subject NAME]
       [--hours H] [--against URL] [--name SET]

Prints a token, signed with the keys of the set. It is valid for 12 hours, an administrator's token for one hour.
TEXT
    keys) cat <<'TEXT' ;;
Usage: ./hunt keys FOLDER

Creates missing keys for players, storefronts and administrators: NAME.pem, the private key for the issuer of the tokens,
and NAME.jwks.json, the key set for the hosts (Auth__…__JwksFile; HUNT_KEYS in compose).
TEXT
    audit) cat <<'TEXT' ;;
Usage: ./hunt audit [options] [--against URL [--operators URL]] [--name SET]

Compares the event store with the read models.
TEXT
    replay) cat <<'TEXT' ;;
Usage: ./hunt replay READ-MODEL|all [--dry-run] [--compare] [--rollback] [--json FILE] [--against URL [--operators URL]] [--name SET]

Builds the next generation of a read model from the event store while the live generation serves reads. Compares a sample of
both generations (everything with --compare) and makes the new one live.
Read models: hunts treasures memcached leaderboard claims.

  --dry-run    compare only: delete the new generation at the end
  --rollback   update the previous generation and make it live; it is kept for an hour, or until
               the next replay
TEXT
    at) cat <<'TEXT' ;;
Usage: ./hunt at SEQUENCE|TIME treasure|hunt ID [--json FILE] [--against URL [--operators URL]] [--name SET]

Shows the state at that time.  ./hunt at 4711 treasure goose      ./hunt at 2026-11-24T18:00:00Z hunt sale
TEXT
    test) cat <<'TEXT' ;;
Usage: ./hunt test [filter]

Builds everything, starts separate servers, runs every test project under tests/ and the short set of faults, and stops the
servers, also after Ctrl-C. The last line is 'N passed, N failed'; a skipped test counts as failed. Installs Chromium (unless
HUNT_CHROMIUM names another one), Node.js with npm, and the tools for the OpenAPI document. The test runner gets the filters:

  ./hunt test --filter-class '*Claims*'      ./hunt test --filter-method '*restock*'
TEXT
    faults) cat <<'TEXT' ;;
Usage: ./hunt faults [NAME|NUMBER…] [--short] [--seed N] [--minutes M] [--soak M] [--json FILE] [--list]

Starts a separate set with load, and injects one fault after the other (kill -9, SIGSTOP, lost responses, wiped caches). After
each recovery it checks all guarantees through the public interfaces and prints a line. .run/faults-evidence has the evidence
of failures. With --minutes random faults run for this time, several at once. With --soak there are no faults: after five
minutes of warm-up it sends 1,000 claims a second for this time, and checks that memory, queues and latencies do not grow.

  --short      a selection that takes a few minutes; each fault lasts for seconds
  --seed N     seed of the load, to repeat the load of another run
  --minutes M  0.1 to 600; with names: the duration of these faults, if they have one
  --soak M     1 to 6000; only with --json
  --json FILE  write the results to this file as JSON
  --list       print number, name and effect of each fault; needs no build and no set

  ./hunt faults --list        ./hunt faults broker-crashes 16        ./hunt faults --minutes 20 --seed 7

       ./hunt faults --broken [NAME…] [--list]
Builds the engine with one broken guarantee at a time (tests/Faults/Broken). The exit code is 0 when the suite names the broken
invariant of each build in the first run. --list prints the name, the fault and the invariant of each.
TEXT
    bench) cat <<'TEXT' ;;
Usage: ./hunt bench [SYSTEM…] [--only A,B] [--repeats N] [--seconds S] [--callers N]
       ./hunt bench against COMMIT [ROUNDS] [--only A,B] [--seconds S] [--callers N]
       ./hunt bench micro [--filter '*Deciding*']      micro benchmarks with BenchmarkDotNet

Measures systems one after the other on separate servers, behind the same HAProxy, with the same claims. Writes the report,
the figures and the plots to bench/results, or for a selection to .run/bench-report. A full run takes about an hour; no
other work should run meanwhile.

'against' measures another commit of this repository and this checkout in turn, ROUNDS times (3), each on a set of its own, and
prints the ratios of the two runs of each round: the speed of a machine changes more within minutes than most changes are worth.

  ours            this engine
  first-design    unlocked-redis behind HAProxy with its packaged settings; only the overload
  unlocked-redis  Redis read, then write, without a lock
  by-the-book     a MassTransit message a claim, a Redlock, Marten's FetchForWriting
  wolverine       Wolverine with Marten and RabbitMQ, partitioned by treasure
  sql-only        one conditional UPDATE and one INSERT a claim
  skip-locked     a row for each unit, FOR UPDATE SKIP LOCKED
  ceiling         the same front with nothing behind it
  inserts         the same front with nothing but batched inserts behind it

  --only       only these: one-small one-large fifty five-thousand sold-out read-hot read-cold mix
               latency curve bytes consistency overload admission replay cold
  --repeats    runs of each measurement (3)
  --seconds    length of a run (5)
  --callers    concurrent callers of the throughput measurements (512)
TEXT
    install) cat <<'TEXT' ;;
Usage: ./hunt install [PROGRAM…]

Installs the missing packages that up and demo need, and the named programs (Debian 12, Ubuntu 24.04 or newer, as root). It does
not start their services. As root, up, demo and test install missing packages themselves.
TEXT
    *) return 1 ;;
  esac
}
