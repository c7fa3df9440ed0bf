using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TreasureHunt.Commands.Committing;
using TreasureHunt.Specs.Cli;
using Xunit;

namespace TreasureHunt.Specs.Claims;

/// <summary>The failures that are retried and the failures that are thrown.</summary>
public class CommitRetryPolicySpecs
{
    [Theory]
    [InlineData("57P01")]
    [InlineData("53300")]
    [InlineData("42P01")]
    public async Task A_transient_failure_is_retried_without_limit(string sqlState)
    {
        var attempts = 0;

        await Run(_ => ++attempts <= 1_000 ? throw Postgres(sqlState) : "committed");

        Assert.Equal(1_001, attempts);
    }

    [Theory]
    [InlineData("22021")]
    [InlineData("54000")]
    public async Task A_data_failure_is_thrown_immediately(string sqlState)
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
    public async Task An_unknown_failure_is_thrown_after_a_few_retries(int retries)
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

    private static Task<string> Run(Func<CommitAttempt, string> work, int unknownRetries = 0) =>
        Policy(new AutoAdvancingTime()).ExecuteAsync(
            (attempt, _) => Task.FromResult(work(attempt)), TestContext.Current.CancellationToken, unknownRetries);

    private static CommitRetryPolicy Policy(TimeProvider timeProvider) => new(timeProvider, NullLogger<CommitRetryPolicy>.Instance);

    private static PostgresException Postgres(string sqlState) => new("failed", "ERROR", "ERROR", sqlState);
}
