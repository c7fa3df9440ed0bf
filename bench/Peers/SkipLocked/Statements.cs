namespace TreasureHunt.Peers.SkipLocked;

/// <summary>The statements of the peer. Each is a transaction of its own.</summary>
internal static class Statements
{
    /// <summary>
    /// Units of a treasure whose rows are added at once. Rows for all units of a large stock would take minutes and gigabytes. It is more
    /// than the concurrent claims of all processes, which find all free rows locked only at the end of a block.
    /// </summary>
    public const int Block = 500;

    /// <summary>The lock lets the first process create the tables while the others wait.</summary>
    public const string Schema =
        """
        select pg_advisory_xact_lock(hashtext('bench_skip'));
        create schema if not exists bench_skip;
        create table if not exists bench_skip.treasures (
            id text primary key,
            stock int not null,
            per_player int not null,
            added int not null -- units of the stock whose rows were added
        );
        create table if not exists bench_skip.units ( -- the free units
            treasure_id text not null,
            unit int not null,
            primary key (treasure_id, unit)
        );
        create table if not exists bench_skip.claims (
            claim_id uuid primary key,
            treasure_id text not null,
            player_id text not null,
            outcome text not null,
            reason text,
            win int, -- the player's first, second … unit of this treasure
            unit int, -- the taken unit
            at timestamptz not null
        );
        create unique index if not exists claims_wins on bench_skip.claims (treasure_id, player_id, win) where outcome = 'won';
        """;

    /// <summary>Adds a treasure with its first block of units: $1 treasure, $2 stock, $3 units per player, $4 block.</summary>
    public const string Hide =
        """
        with hidden as (
            insert into bench_skip.treasures (id, stock, per_player, added) values ($1, $2, $3, least($2, $4))
            on conflict do nothing
            returning added
        )
        insert into bench_skip.units select $1, unit from hidden, generate_series(1, hidden.added) as unit
        """;

    /// <summary>Adds the next block of units: $1 treasure, $2 units added so far, $3 block. One of several callers adds it.</summary>
    public const string AddUnits =
        """
        with grown as (
            update bench_skip.treasures set added = least(stock, $2 + $3) where id = $1 and added = $2 and added < stock
            returning added
        )
        insert into bench_skip.units select $1, unit from grown, generate_series($2 + 1, grown.added) as unit
        """;

    /// <summary>The stock and the free units of a treasure: $1 treasure. The rows of a treasure are a few blocks at most.</summary>
    public const string Read =
        """
        select stock, stock - added + (select count(*)::int from bench_skip.units where treasure_id = $1)
        from bench_skip.treasures where id = $1
        """;

    /// <summary>
    /// A claim: $1 claim, $2 treasure, $3 player, $4 time. A known claim returns its recorded outcome. Otherwise the claim deletes a free
    /// unit that no other transaction has locked, and the outcome is recorded. Without an outcome the claim is not decided: it found no
    /// such unit. The third column then has the units added so far, or null when all of the stock was added and the rest is locked.
    /// </summary>
    public static readonly string Claim = ClaimWith("for update skip locked");

    /// <summary>As <see cref="Claim"/>, but it waits for a locked unit: its transaction may still be rolled back.</summary>
    public static readonly string ClaimOrWait = ClaimWith("for update");

    // The last units first: the scan does not visit the dead index entries of all earlier units.
    private static string ClaimWith(string rowLock) =>
        $"""
        with known as (
            select outcome, reason from bench_skip.claims where claim_id = $1
        ), held as (
            select count(*)::int as units from bench_skip.claims where treasure_id = $2 and player_id = $3 and outcome = 'won'
        ), treasure as (
            select stock, added, per_player from bench_skip.treasures where id = $2
        ), free as (
            select unit from bench_skip.units
            where treasure_id = $2 and (select per_player from treasure) > (select units from held) and not exists (select from known)
            order by unit desc limit 1 {rowLock}
        ), taken as (
            delete from bench_skip.units using free where units.treasure_id = $2 and units.unit = free.unit returning units.unit
        ), refusal as (
            select case
                when not exists (select from treasure) then 'treasure-not-found'
                when (select per_player from treasure) <= (select units from held) then 'already-claimed'
                when (select added = stock from treasure) and not exists (select from bench_skip.units where treasure_id = $2)
                    then 'treasure-exhausted'
            end as reason
        ), recorded as (
            insert into bench_skip.claims (claim_id, treasure_id, player_id, at, outcome, reason, win, unit)
            select $1, $2, $3, $4, 'won', null, (select units from held) + 1, unit from taken
            union all
            select $1, $2, $3, $4, 'rejected', reason, null, null from refusal
            where reason is not null and not exists (select from known)
            returning outcome, reason
        )
        select outcome, reason, null::int as added from known
        union all select outcome, reason, null from recorded
        union all select null, null, (select added from treasure where added < stock)
        where not exists (select from known) and not exists (select from recorded)
        """;
}
