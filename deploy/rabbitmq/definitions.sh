#!/usr/bin/env bash
# definitions.sh TEMPLATE: prints the broker's definitions with the hash of each user's password in place of @user@.
# The passwords are in HUNT_RABBITMQ_PASSWORD_API, …_STOREFRONT_SHOP and so on, or in the files that …_API_FILE and so on name.
# A storefront or analytics user without a password cannot log in; every other user must have one.
set -euo pipefail

bytes_of_hex() { printf "$(sed 's/../\\x&/g' <<<"$1")"; }

# RabbitMQ's rabbit_password_hashing_sha256: base64 of a salt of four bytes and the SHA-256 of salt and password.
hash_of() {
  local salt digest
  [[ $1 ]] || return 0
  salt=$(head -c 4 /dev/urandom | od -An -tx1 | tr -d ' \n')
  digest=$({ bytes_of_hex "$salt"; printf '%s' "$1"; } | sha256sum | cut -d ' ' -f 1)
  bytes_of_hex "$salt$digest" | base64 -w 0
}

definitions=$(<"$1")
for user in $(grep -o '@[a-z-]*@' <<<"$definitions" | tr -d @); do
  variable=HUNT_RABBITMQ_PASSWORD_${user//-/_}
  variable=${variable^^}
  file=${variable}_FILE
  password=${!variable:-}
  if [[ ${!file:-} ]]; then password=$(<"${!file}"); fi
  if [[ ! $password && $user != storefront-* && $user != analytics-* ]]; then
    echo "$variable is not set: it is the password of the broker's user '$user'." >&2
    exit 1
  fi
  definitions=${definitions//"@$user@"/"$(hash_of "$password")"}
done
printf '%s\n' "$definitions"
