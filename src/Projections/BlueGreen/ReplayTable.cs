using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using TreasureHunt.Contracts;
using TreasureHunt.EventStore;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>Requested, running and finished replays in PostgreSQL. A new leader resumes the unfinished ones.</summary>
public sealed class ReplayTable(NpgsqlDataSource postgres, EventStoreOptions options, TimeProvider timeProvider)
{
    private readonly string _schema = options.Schema;

    /// <summary>Adds a replay, which the leader then runs.</summary>
    /// <param name="generation">The generation to build; null for a new one.</param>
    /// <param name="by">The administrator who requested it; null for the engine.</param>
    /// <returns>Null when the read model has an unfinished replay, or when a build is requested and the read model exists.</returns>
    public async Task<ReplayReport?> RequestReplayAsync(
        string readModel,
        string kind,
        int? generation = null,
        bool dryRun = false,
        bool compareAll = false,
        Actor? by = null,
        CancellationToken cancellationToken = default)
    {
        var number = generation ?? await NextGenerationAsync(readModel, cancellationToken);
        var report = new ReplayReport(
            Ids.Fresh(), readModel, kind, number, timeProvider.GetUtcNow(), DryRun: dryRun, CompareAll: compareAll, By: by);
        await using var insert = postgres.CreateCommand(
            $"""
             insert into {_schema}.replays (id, read_model, generation, kind, running, requested_at, report, requested_by)
             select $1, $2, $3, $4, true, $5, $6, $7
             where $4 <> '{ReplayKinds.Build}' or not exists (select from {_schema}.generations where read_model = $2)
             on conflict (read_model, running) do nothing
             """);
        insert.Parameters.AddWithValue(report.Id);
        insert.Parameters.AddWithValue(readModel);
        insert.Parameters.AddWithValue(number);
        insert.Parameters.AddWithValue(kind);
        insert.Parameters.AddWithValue(report.RequestedAt);
        insert.Parameters.Add(Json(report));
        insert.Parameters.Add(Json(by));
        return await insert.ExecuteNonQueryAsync(cancellationToken) == 1 ? report : null;
    }

    /// <summary>Unfinished replays: first builds and repairs, which readers wait for, then requested ones.</summary>
    public Task<List<ReplayReport>> ListUnfinishedAsync(CancellationToken cancellationToken) => QueryAsync(
        $"where running order by case when kind in ('{ReplayKinds.Build}', '{ReplayKinds.Repair}') then 0 else 1 end, id", null,
        cancellationToken);

    /// <summary>The latest replays, newest first.</summary>
    public Task<List<ReplayReport>> ListLatestAsync(int count, CancellationToken cancellationToken) =>
        QueryAsync($"order by id desc limit {count}", null, cancellationToken);

    public async Task<ReplayReport?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await QueryAsync("where id = $1", id, cancellationToken)).SingleOrDefault();

    /// <summary>Saves the progress of an unfinished replay.</summary>
    /// <returns>False when the replay has ended meanwhile: an administrator cancelled it.</returns>
    public async Task<bool> SaveReportAsync(ReplayReport report, CancellationToken cancellationToken)
    {
        await using var update = postgres.CreateCommand(
            $"update {_schema}.replays set report = $2, running = $3 where id = $1 and running");
        update.Parameters.AddWithValue(report.Id);
        update.Parameters.Add(Json(report));
        update.Parameters.Add(
            new NpgsqlParameter { Value = report.FinishedAt is null ? true : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean });
        return await update.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Cancels a replay that an administrator requested.</summary>
    /// <returns>False when there is no such replay, or it has ended.</returns>
    public async Task<bool> CancelReplayAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { FinishedAt: null, Kind: ReplayKinds.Replay or ReplayKinds.Rollback } report
        && await SaveReportAsync(report with { State = "cancelled", FinishedAt = timeProvider.GetUtcNow() }, cancellationToken);

    private async Task<int> NextGenerationAsync(string readModel, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"""
             select 1 + greatest(
               (select coalesce(max(generation), 0) from {_schema}.replays where read_model = $1),
               (select coalesce(max(live), 0) from {_schema}.generations where read_model = $1))
             """);
        command.Parameters.AddWithValue(readModel);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<List<ReplayReport>> QueryAsync(string clauses, Guid? id, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand($"select report::text, requested_by::text from {_schema}.replays {clauses}");
        if (id is { } value)
        {
            command.Parameters.AddWithValue(value);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var reports = new List<ReplayReport>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var by = await reader.IsDBNullAsync(1, cancellationToken)
                ? null : JsonSerializer.Deserialize<Actor>(reader.GetString(1), JsonSerializerOptions.Web);
            reports.Add(JsonSerializer.Deserialize<ReplayReport>(reader.GetString(0), JsonSerializerOptions.Web)! with { By = by });
        }

        return reports;
    }

    private static NpgsqlParameter Json(ReplayReport report) => Json<ReplayReport>(report with { By = null });

    private static NpgsqlParameter Json<T>(T? value) => new()
    {
        Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
        NpgsqlDbType = NpgsqlDbType.Jsonb,
    };
}
