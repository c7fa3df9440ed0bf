# Run once, by the image, when the volume is empty.
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" --username postgres <<'SQL'
create role hunt login createdb password :'password';
create database treasurehunt owner hunt;
\connect treasurehunt
create extension pg_stat_statements;
SQL
