using JasperFx;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TreasureHunt.Commands.Committing;
using TreasureHunt.Specs.Cli;
using Xunit;

namespace TreasureHunt.Specs.Claims;

/// <summary>Conflicts are retried while another writer makes progress.</summary>
public class CommitConflictSpecs
{
    [Fact]
    public async Task A_conflict_repeats_the_work_until_it_is_committed()
    {
        var attempts = 0;

        var result = await Run(_ => ++attempts < 4 ? throw Postgres("23505") : "committed");

        Assert.Equal(("committed", 4), (result, attempts));
    }

    [Fact]
    public async Task A_conflict_with_changed_state_is_retried_without_limit()
    {
        var attempts = 0;

        await Run(attempt =>
        {
            attempt.ObservedState = ++attempts;
            return attempts <= 1_000 ? throw new ConcurrencyException("another writer was first", null) : "committed";
        });

        Assert.Equal(1_001, attempts);
    }

    [Fact]
    public async Task A_conflict_with_unchanged_state_is_thrown_after_a_hundred_attempts()
    {
        var attempts = 0;

        await Assert.ThrowsAsync<PostgresException>(() => Run(attempt =>
        {
            attempts++;
            attempt.ObservedState = 7;
            throw Postgres("23505");
        }));

        Assert.Equal(CommitRetryPolicy.MaxUnexplainedConflicts, attempts);
    }

    private static Task<string> Run(Func<CommitAttempt, string> work, int unknownRetries = 0) =>
        Policy(new AutoAdvancingTime()).ExecuteAsync(
            (attempt, _) => Task.FromResult(work(attempt)), TestContext.Current.CancellationToken, unknownRetries);

    private static CommitRetryPolicy Policy(TimeProvider timeProvider) => new(timeProvider, NullLogger<CommitRetryPolicy>.Instance);

    private static PostgresException Postgres(string sqlState) => new("failed", "ERROR", "ERROR", sqlState);
}
