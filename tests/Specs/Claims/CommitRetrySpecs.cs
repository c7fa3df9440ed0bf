using JasperFx;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TreasureHunt.Commands.Committing;
using TreasureHunt.Specs.Cli;
using Xunit;

namespace TreasureHunt.Specs.Claims;

/// <summary>Which failures a unit of work is repeated after, and which it gives back to its caller.</summary>
public class CommitRetrySpecs
{
    [Fact]
    public async Task A_conflict_starts_the_work_over_until_it_is_committed()
    {
        var attempts = 0;

        var result = await Run(_ => ++attempts < 4 ? throw Postgres("23505") : "committed");

        Assert.Equal(("committed", 4), (result, attempts));
    }

    [Fact]
    public async Task A_conflict_that_finds_other_state_each_time_is_repeated_without_end()
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
    public async Task A_conflict_that_no_other_writer_caused_is_given_back_after_a_hundred_attempts()
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

    [Theory]
    [InlineData("57P01")]
    [InlineData("53300")]
    [InlineData("42P01")]
    public async Task A_server_in_trouble_is_waited_for_without_end(string sqlState)
    {
        var attempts = 0;

        await Run(_ => ++attempts <= 1_000 ? throw Postgres(sqlState) : "committed");

        Assert.Equal(1_001, attempts);
    }

    [Theory]
    [InlineData("22021")]
    [InlineData("54000")]
    public async Task What_the_database_cannot_take_is_given_back_at_once(string sqlState)
    {
        var attempts = 0;

        await Assert.ThrowsAsync<PostgresException>(() => Run(_ =>
        {
            attempts++;
            throw Postgres(sqlState);
        }));

        Assert.Equal(1, attempts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(CommitRetryPolicy.UnknownRetries)]
    public async Task An_unknown_failure_is_given_back_after_a_few_retries(int retries)
    {
        var attempts = 0;

        await Assert.ThrowsAsync<KeyNotFoundException>(() => Run(
            _ =>
            {
                attempts++;
                throw new KeyNotFoundException();
            },
            retries));

        Assert.Equal(1 + retries, attempts);
    }

    [Fact]
    public async Task Work_ends_as_cancelled_when_the_worker_stops_while_it_fails()
    {
        using var stopping = new CancellationTokenSource();

        // Anything else would tell the broker that the claims are malformed.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Policy(new HurriedTime()).ExecuteAsync<string>(
            (_, _) =>
            {
                stopping.Cancel();
                throw Postgres("22021");
            },
            stopping.Token).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Work_ends_as_cancelled_when_the_worker_stops_while_it_waits()
    {
        using var stopping = new CancellationTokenSource();
        var run = Policy(TimeProvider.System).ExecuteAsync<string>((_, _) => throw new NpgsqlException("gone"), stopping.Token);
        Assert.False(run.IsCompleted);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static Task<string> Run(Func<CommitAttempt, string> work, int unknownRetries = 0) =>
        Policy(new HurriedTime()).ExecuteAsync(
            (attempt, _) => Task.FromResult(work(attempt)), TestContext.Current.CancellationToken, unknownRetries);

    private static CommitRetryPolicy Policy(TimeProvider timeProvider) => new(timeProvider, NullLogger<CommitRetryPolicy>.Instance);

    private static PostgresException Postgres(string sqlState) => new("failed", "ERROR", "ERROR", sqlState);
}
