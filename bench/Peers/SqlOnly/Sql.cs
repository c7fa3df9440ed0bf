namespace TreasureHunt.Peers.SqlOnly;

/// <summary>The statements of the peer.</summary>
internal static class Sql
{
    /// <summary>The lock lets the first process create the tables while the others wait.</summary>
    public const string Schema =
        """
        select pg_advisory_xact_lock(hashtext('bench_sql'));
        create schema if not exists bench_sql;
        create table if not exists bench_sql.treasures (
            id text primary key,
            stock int not null,
            per_player int not null,
            awarded int not null default 0
        ) with (fillfactor = 50); -- room for the next version of a row on its own page
        create table if not exists bench_sql.claims (
            claim_id uuid primary key,
            treasure_id text not null,
            player_id text not null,
            outcome text not null,
            reason text,
            win int, -- the player's first, second … unit of this treasure
            at timestamptz not null
        );
        create unique index if not exists claims_wins on bench_sql.claims (treasure_id, player_id, win) where outcome = 'won';
        """;

    /// <summary>
    /// A claim: $1 claim, $2 treasure, $3 player, $4 time. A known claim returns its recorded outcome. Otherwise the update takes a unit if
    /// one is left, after waiting for the row lock, and the insert records the outcome. Claims of an exhausted treasure do not wait.
    /// </summary>
    public const string Claim =
        """
        with known as (
            select outcome, reason from bench_sql.claims where claim_id = $1
        ), held as (
            select count(*)::int as units from bench_sql.claims where treasure_id = $2 and player_id = $3 and outcome = 'won'
        ), treasure as (
            select stock, awarded, per_player from bench_sql.treasures where id = $2
        ), taken as (
            update bench_sql.treasures set awarded = awarded + 1
            where id = $2 and awarded < stock and per_player > (select units from held) and not exists (select from known)
            returning awarded
        ), recorded as (
            insert into bench_sql.claims (claim_id, treasure_id, player_id, at, outcome, win, reason)
            select $1, $2, $3, $4,
                case when exists (select from taken) then 'won' else 'rejected' end,
                case when exists (select from taken) then (select units from held) + 1 end,
                case
                    when exists (select from taken) then null
                    when not exists (select from treasure) then 'treasure-not-found'
                    when (select per_player from treasure) <= (select units from held) then 'already-claimed'
                    else 'treasure-exhausted'
                end
            where not exists (select from known)
            returning outcome, reason
        )
        select outcome, reason from known union all select outcome, reason from recorded
        """;
}
