using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace TreasureHunt.EventStore;

/// <summary>Where it is written which generation of each read model is live, and what replays there were.</summary>
public static class GenerationTables
{
    /// <summary>One row for each read model that was ever built.</summary>
    public static Table Generations(string schema)
    {
        var table = new Table(PostgresqlProvider.Instance.Parse(schema, "generations"));
        table.AddColumn<string>("read_model").AsPrimaryKey();
        table.AddColumn<int>("live").NotNull();
        table.AddColumn<int>("previous");
        table.AddColumn<DateTimeOffset>("flipped_at").NotNull();
        return table;
    }

    /// <summary>One row for each replay. <c>running</c> is true until it ends, and null then: one of a read model runs at a time.</summary>
    public static Table Replays(string schema)
    {
        var table = new Table(PostgresqlProvider.Instance.Parse(schema, "replays"));
        table.AddColumn<Guid>("id").AsPrimaryKey();
        table.AddColumn<string>("read_model").NotNull().AddIndex(
            index => { index.IsUnique = true; index.Columns = ["read_model", "running"]; });
        table.AddColumn<int>("generation").NotNull();
        table.AddColumn<string>("kind").NotNull();
        table.AddColumn<bool>("running");
        table.AddColumn<DateTimeOffset>("requested_at").NotNull();
        table.AddColumn("report", "jsonb").NotNull();
        // Null when the engine itself asked, or a build that did not record it.
        table.AddColumn("requested_by", "jsonb");
        return table;
    }
}
