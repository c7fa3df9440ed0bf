using StackExchange.Redis;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// The writes to one partition as keys and arguments of <see cref="PartitionWriteScript"/>. Writes of one kind with one expiry are a run,
/// so that kind and expiry are sent and read once.
/// </summary>
internal sealed class PartitionWrites
{
    private const int HeaderLength = 3;

    private readonly Dictionary<(string Kind, long? ExpiresAt), WriteRun> _runs = [];
    private readonly Dictionary<string, WriteRun> _counts = [];

    /// <summary>The number of keys of all runs.</summary>
    public int KeyCount => Runs.Sum(run => run.Keys.Count);

    /// <summary>The number of arguments of all runs.</summary>
    public int ArgumentCount => Runs.Sum(run => HeaderLength + run.Arguments.Count);

    private IEnumerable<WriteRun> Runs => _runs.Values.Concat(_counts.Values);

    public void Set(string key, RedisValue value, DateTimeOffset? expiresAt) => RunOf("s", expiresAt).Add(key, [value]);

    public void Add(string key, string member, long sequence, DateTimeOffset? expiresAt) =>
        RunOf("a", expiresAt).Add(key, [sequence, member]);

    public void Remove(string key) => RunOf("d", null).Add(key, []);

    public void Count(string key, string member, int change, long sequence)
    {
        if (_counts.TryGetValue(key, out var run))
        {
            run.Add(null, [sequence, change, member]);
        }
        else
        {
            _counts[key] = run = new WriteRun("c", RedisValue.EmptyString);
            run.Add(key, [sequence, change, member]);
        }
    }

    /// <summary>Adds the keys and the arguments of all runs.</summary>
    public void AppendTo(List<RedisKey> keys, List<RedisValue> arguments)
    {
        foreach (var run in Runs)
        {
            keys.AddRange(run.Keys);
            arguments.AddRange([run.Kind, run.Writes, run.Expiry]);
            arguments.AddRange(run.Arguments);
        }
    }

    /// <summary>A key by its position among the keys of all runs, from 0.</summary>
    public string KeyAt(int index) => (string)Runs.SelectMany(run => run.Keys).ElementAt(index)!;

    private WriteRun RunOf(string kind, DateTimeOffset? expiresAt)
    {
        var at = expiresAt?.ToUnixTimeMilliseconds();
        if (!_runs.TryGetValue((kind, at), out var run))
        {
            _runs[(kind, at)] = run = new WriteRun(kind, at is { } time ? time : RedisValue.EmptyString);
        }

        return run;
    }

    private sealed class WriteRun(string kind, RedisValue expiry)
    {
        public string Kind => kind;

        public RedisValue Expiry => expiry;

        public int Writes { get; private set; }

        public List<RedisKey> Keys { get; } = [];

        public List<RedisValue> Arguments { get; } = [];

        /// <param name="key">Null when the write has the same key as the one before.</param>
        public void Add(string? key, ReadOnlySpan<RedisValue> arguments)
        {
            Writes++;
            if (key is not null)
            {
                Keys.Add(key);
            }

            Arguments.AddRange(arguments);
        }
    }
}
