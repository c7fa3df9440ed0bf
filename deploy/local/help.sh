# What ./hunt --help and ./hunt COMMAND --help say. Nothing is built for it: the folder help has the texts of the engine's programs, as they print them.

print_help() {
  local text file=${1:-} word
  text=$(help_of "${1:-}") || fail "there is no command '$1'." "./hunt --help lists them."
  printf '%s\n' "$text"
  # A command of the Cli, and the subcommand that is asked for.
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
  up         start the servers and hosts of a set and wait until they are ready
  down       stop everything of a set; --purge deletes its data too
  status     servers and hosts of a set: process, port, state
  logs       logs of a set's servers and hosts
  hosts      start, stop or restart hosts of a running set
  servers    the servers alone: up, down, reload, env
  token      print a token for a player, a storefront or an administrator
  keys       make the keys that tokens are signed and verified with
  audit      compare the event store with what the system tells
  replay     build read models anew, beside the live ones, while traffic goes on
  at         show a treasure or a hunt as it was at some moment
  errors     list, show, retry or drop messages that could not be processed
  test       run every test on servers of its own
  faults     break servers and hosts under load, and check what is left
  bench      measure the engine beside what people would use instead
  install    install the packages that are missing

A set is one running system with its own ports and data, 'main' unless --name (or HUNT_SET) says otherwise; several run
side by side. Everything listens on 127.0.0.1 only and lives in .run/SET/. Connection settings that are in the
environment (docs/configuration.md) are used instead of starting those servers.

./hunt COMMAND --help tells more about one of them.
TEXT
    demo) cat <<'TEXT' ;;
Usage: ./hunt demo [options]

Installs and builds what is missing, starts the set unless it runs, opens a hunt and lets a crowd claim its treasures;
then audits the result from the event store. The site stays at http://127.0.0.1:8080 until ./hunt down.

  --against URL   start nothing: run the sale against a system that runs elsewhere, such as docker compose's
                  (tokens are signed with the keys in the folder HUNT_KEYS, else with those of deploy/docker/development.env)
  --operators URL with --against: the operators' port of that system; else port 8089 of the same machine
TEXT
    up) cat <<'TEXT' ;;
Usage: ./hunt up [--name SET]

Starts the servers and hosts of a set and waits until each is ready. What runs already is left alone.
HUNT_SITE_PORT=8090 ./hunt up puts the site on another port (main: 8080).
TEXT
    down) cat <<'TEXT' ;;
Usage: ./hunt down [--purge] [--name SET]

Stops the hosts, which finish what they have accepted, then the servers. The data stays for the next ./hunt up.

  --purge   delete the set's data, logs and keys too
TEXT
    status) cat <<'TEXT' ;;
Usage: ./hunt status [--name SET]

Prints each server and host with its process, port and state. Ends with 0 when everything is up, else with 1.
TEXT
    logs) cat <<'TEXT' ;;
Usage: ./hunt logs [NAME…] [-f] [-n LINES] [--name SET]

Prints the last lines of the named logs (api-1, rabbitmq, …), or of all. -f follows them.
TEXT
    hosts) cat <<'TEXT' ;;
Usage: ./hunt hosts start|stop|restart [HOST…] [--name SET]

Hosts: api-1 api-2 commands-1 commands-2 projections; all of them unless named. restart takes one after the other.
TEXT
    servers) cat <<'TEXT' ;;
Usage: ./hunt servers up|down|reload|env [--name SET]

  up       start PostgreSQL, RabbitMQ, three Redis for locks, a Redis cluster, Memcached and HAProxy
  down     stop them, and the hosts that use them; --purge deletes the data too
  reload   let HAProxy read its configuration again, without losing a request
  env      print export lines of the set's settings:  eval "$(./hunt servers env --name SET)"
TEXT
    errors) cat <<'TEXT' ;;
Usage: ./hunt errors list|show|retry|drop [QUEUE] [options]   [--against URL] [--name SET]

Messages that could not be processed wait in a dead-letter queue beside each queue. Looking at them changes nothing.

  ./hunt errors list                      every queue, how many dead letters it has, and why
  ./hunt errors show claims-0 --count 5   headers, reason and body of the first ones; proofs are masked
  ./hunt errors retry claims-0 --all      back to the queue; a claim or command that was processed meanwhile counts once
  ./hunt errors retry claims-0 --id ID
  ./hunt errors drop claims-intake --id ID --yes
TEXT
    token) cat <<'TEXT' ;;
Usage: ./hunt token player ID | storefront PREFIX | admin [--scope hunts|claims|operations|read]… [--subject NAME]
       [--hours H] [--against URL] [--name SET]

Prints a token, signed with the keys of the set. It is good for 12 hours, an administrator's for one.
TEXT
    keys) cat <<'TEXT' ;;
Usage: ./hunt keys FOLDER

Makes a key each for players, storefronts and administrators, where there is none yet: NAME.pem, the private key, which only
the issuer of the tokens needs, and NAME.jwks.json, the key set that the hosts read (Auth__…__JwksFile; HUNT_KEYS in compose).
TEXT
    audit) cat <<'TEXT' ;;
Usage: ./hunt audit [options] [--against URL [--operators URL]] [--name SET]

Compares the event store with what the read models tell.
TEXT
    replay) cat <<'TEXT' ;;
Usage: ./hunt replay READ-MODEL|all [--dry-run] [--compare] [--rollback] [--json FILE] [--against URL [--operators URL]] [--name SET]

Builds the next generation of a read model from the event store, beside the live one, follows the head, compares a sample
of both (all of both with --compare) and lets readers see it. Read models: hunts treasures memcached leaderboard claims.

  --dry-run    throw the new generation away in the end, so that only the comparison counts
  --rollback   bring the previous generation up to date and go back to it; it is kept for an hour,
               or until the next replay
TEXT
    at) cat <<'TEXT' ;;
Usage: ./hunt at SEQUENCE|TIME treasure|hunt ID [--json FILE] [--against URL [--operators URL]] [--name SET]

Shows what the event store said then.  ./hunt at 4711 treasure goose      ./hunt at 2026-11-24T18:00:00Z hunt sale
TEXT
    test) cat <<'TEXT' ;;
Usage: ./hunt test [filter]

Builds everything, starts servers of its own, runs every test project under tests/ and the short set of faults, and takes the servers down again,
also after Ctrl-C. The last line is 'N passed, N failed'; a test that was skipped counts as failed. Installs Chromium where it is missing
(HUNT_CHROMIUM names another), Node.js with npm, and the tools that read the OpenAPI document. Filters go to the test runner:

  ./hunt test --filter-class '*Claims*'      ./hunt test --filter-method '*restock*'
TEXT
    faults) cat <<'TEXT' ;;
Usage: ./hunt faults [NAME|NUMBER…] [--short] [--seed N] [--minutes M] [--soak M] [--json FILE] [--list]

Starts a set of its own, lets players claim, breaks one thing after the other (kill -9, SIGSTOP, lost answers, wiped caches),
heals it, and checks from the outside that every promise was kept: a line a fault. What a failure leaves to look at is in
.run/faults-evidence. With --minutes, faults strike at random, several at once, for so long. With --soak nothing breaks: after
five minutes to warm up, 1,000 claims a second for so long, and what must not grow is watched.

  --short      a set of a few minutes, each fault for seconds
  --seed N     the same load as in another run with this seed
  --minutes M  0.1 to 600; with names, how long a fault lasts that takes a length
  --soak M     1 to 6000; takes no other option than --json
  --json FILE  write the results to this file as JSON
  --list       print number, name and effect of each fault; needs no build and no set

  ./hunt faults --list        ./hunt faults broker-crashes 16        ./hunt faults --minutes 20 --seed 7

       ./hunt faults --broken [NAME…] [--list]
Builds the engine without one of its promises at a time (tests/Faults/Broken) and ends with 0 only when the suite names the broken
invariant of each, at the first try. --list prints the names, the fault that each is run with, and the invariant.
TEXT
    bench) cat <<'TEXT' ;;
Usage: ./hunt bench [SYSTEM…] [--only A,B] [--repeats N] [--seconds S] [--callers N]
       ./hunt bench micro [--filter '*Deciding*']      the pieces by themselves, with BenchmarkDotNet

Measures systems one after the other on servers of its own, behind the same HAProxy, with the same claims, and writes the
report, the figures and the plots into bench/results; of a part of it, into .run/bench-report. Everything takes about
50 minutes; nothing else should run meanwhile.

  ours         this engine
  before       Redis read, then write, without a lock
  by-the-book  a MassTransit message a claim, a Redlock, Marten's FetchForWriting
  wolverine    Wolverine with Marten and RabbitMQ, partitioned by treasure
  sql-only     one conditional UPDATE and one INSERT a claim
  ceiling      the same front with nothing behind it
  inserts      the same front with nothing but batched inserts behind it

  --only       only these: one-small one-large fifty five-thousand sold-out read-hot read-cold mix
               latency curve bytes story
  --repeats    runs of each measurement (3)
  --seconds    length of a run (5)
  --callers    callers at once when as many are served as can be (512)
TEXT
    install) cat <<'TEXT' ;;
Usage: ./hunt install [PROGRAM…]

Installs the packages that up and demo need and that are missing (Debian 12, Ubuntu 24.04 or newer, as root), and these programs,
without starting their own services. up, demo and test do this by themselves when they run as root.
TEXT
    *) return 1 ;;
  esac
}
