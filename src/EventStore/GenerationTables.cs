using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace TreasureHunt.EventStore;

/// <summary>The tables of the read models' live generations and of their replays.</summary>
public static class GenerationTables
{
    /// <summary>Defines the table with one row for each read model that has been built.</summary>
    public static Table Generations(string schema)
    {
        var table = new Table(PostgresqlProvider.Instance.Parse(schema, "generations"));
        table.AddColumn<string>("read_model").AsPrimaryKey();
        table.AddColumn<int>("live").NotNull();
        table.AddColumn<int>("previous");
        table.AddColumn<DateTimeOffset>("flipped_at").NotNull();
        return table;
    }

    /// <summary>
    /// Defines the table with one row for each replay. <c>running</c> is true until the replay ends, then null: the unique index allows one
    /// running replay of a read model.
    /// </summary>
    public static Table Replays(string schema)
    {
        var table = new Table(PostgresqlProvider.Instance.Parse(schema, "replays"));
        table.AddColumn<Guid>("id").AsPrimaryKey();
        table.AddColumn<string>("read_model").NotNull().AddIndex(index =>
        {
            index.IsUnique = true;
            index.Columns = ["read_model", "running"];
        });
        table.AddColumn<int>("generation").NotNull();
        table.AddColumn<string>("kind").NotNull();
        table.AddColumn<bool>("running");
        table.AddColumn<DateTimeOffset>("requested_at").NotNull();
        table.AddColumn("report", "jsonb").NotNull();
        // Null when the engine itself started the replay, and in rows of older builds.
        table.AddColumn("requested_by", "jsonb");
        return table;
    }
}
