using System.Text.Json;
using JasperFx;
using Npgsql;
using TreasureHunt.Platform.Failures;
using Xunit;

namespace TreasureHunt.Specs.Platform;

public class FailureClassifierSpecs
{
    [Theory]
    [InlineData("54000", FailureKind.Data)] // index row size exceeds the maximum
    [InlineData("22021", FailureKind.Data)] // character not in repertoire: U+0000
    [InlineData("22P05", FailureKind.Data)] // untranslatable character in jsonb
    [InlineData("42804", FailureKind.Data)]
    [InlineData("23514", FailureKind.Data)]
    [InlineData("23505", FailureKind.Conflict)]
    [InlineData("40001", FailureKind.Conflict)]
    [InlineData("40P01", FailureKind.Conflict)]
    [InlineData("53300", FailureKind.Transient)]
    [InlineData("57P01", FailureKind.Transient)]
    [InlineData("58030", FailureKind.Transient)]
    [InlineData("55P03", FailureKind.Transient)]
    [InlineData("08006", FailureKind.Transient)]
    [InlineData("42P01", FailureKind.Transient)] // undefined table: a state of the database, not of the input
    [InlineData("42501", FailureKind.Transient)]
    public void A_failure_of_PostgreSQL_is_classified_by_its_SQL_state(string sqlState, FailureKind kind) =>
        Assert.Equal(kind, FailureClassifier.Classify(new PostgresException("", "ERROR", "ERROR", sqlState)));

    [Fact]
    public void A_concurrency_exception_is_a_conflict() =>
        Assert.Equal(FailureKind.Conflict, FailureClassifier.Classify(new ConcurrencyException("", null)));

    [Fact]
    public void An_unknown_event_is_data() =>
        Assert.Equal(FailureKind.Data, FailureClassifier.Classify(new UnknownEventException("claim-decided.v9")));

    [Fact]
    public void Malformed_JSON_is_data() => Assert.Equal(FailureKind.Data, FailureClassifier.Classify(new JsonException()));

    [Fact]
    public void A_broken_connection_is_transient()
    {
        Assert.Equal(FailureKind.Transient, FailureClassifier.Classify(new NpgsqlException("", new IOException())));
        Assert.Equal(FailureKind.Transient, FailureClassifier.Classify(new TimeoutException()));
    }

    [Fact]
    public void The_inner_exception_determines_the_kind() =>
        Assert.Equal(
            FailureKind.Data,
            FailureClassifier.Classify(new InvalidOperationException("", new PostgresException("", "ERROR", "ERROR", "54000"))));

    [Fact]
    public void Any_other_exception_is_unknown() =>
        Assert.Equal(FailureKind.Unknown, FailureClassifier.Classify(new InvalidOperationException()));
}
