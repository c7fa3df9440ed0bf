using System.Globalization;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// Who does what next, in a time of its own. Everything that could be otherwise is drawn from the seed, so one seed tells
/// one story, however often it is told. A storm with faults comes first; in the calm after it everything must come to its end.
/// </summary>
internal sealed class Schedule
{
    /// <summary>No story has so many steps, unless it runs in circles.</summary>
    private const int TooLong = 20_000;

    private static readonly DateTimeOffset Calm = At("18:45:04");

    /// <summary>
    /// Percentages of which each fault gets one for the whole story. Most faults are rare or absent in most stories, or none would ever get
    /// far.
    /// </summary>
    private static readonly int[] Odds = [0, 0, 1, 3, 10, 30];

    private readonly Random _chance;
    private readonly Dictionary<SimulatedFault, int> _odds;
    private readonly PriorityQueue<Action, (DateTimeOffset At, int N)> _agenda = new();
    private readonly List<string> _trace = [];
    private int _planned;

    public Schedule(int seed)
    {
        _chance = new Random(seed);
        _odds = Enum.GetValues<SimulatedFault>().ToDictionary(fault => fault, _ => Odds[Any(Odds.Length)]);
        Note("weather", string.Join(", ", _odds.Where(fault => fault.Value > 0).Select(fault => $"{fault.Key} {fault.Value} %")));
    }

    public DateTimeOffset Now { get; private set; } = At("18:45");

    /// <summary>Steps taken so far: of two things, the one with the lower number came first.</summary>
    public int Step { get; private set; }

    /// <summary>What happened, line by line.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>The faults that struck.</summary>
    public HashSet<SimulatedFault> Struck { get; } = [];

    /// <summary>A number from 0 up to, and not including, <paramref name="count"/>.</summary>
    public int Any(int count) => _chance.Next(count);

    /// <summary>A time before or after the true one, as a clock might have it.</summary>
    public TimeSpan Skew() => TimeSpan.FromMilliseconds(Any(1001) - 500);

    /// <summary>Whether a fault strikes now.</summary>
    public bool Strikes(SimulatedFault fault)
    {
        var strikes = Any(100) < _odds[fault] && Now < Calm;
        if (strikes)
        {
            Struck.Add(fault);
        }

        return strikes;
    }

    /// <summary>Plans a step, some time within the next <paramref name="milliseconds"/>.</summary>
    public void Within(int milliseconds, Action step) =>
        _agenda.Enqueue(step, (Now.AddMilliseconds(Any(milliseconds) + 1), _planned++));

    public void Note(string actor, string what) =>
        _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{_trace.Count + 1,4}  {Now:HH:mm:ss.fff}  {actor,-8}  {what}"));

    /// <summary>Takes every step in its turn. False when there is no end to them.</summary>
    public bool Run()
    {
        while (Step < TooLong && _agenda.TryDequeue(out var step, out var due))
        {
            Step++;
            Now = due.At;
            step();
        }

        return _agenda.Count == 0;
    }
}

/// <summary>What can go wrong.</summary>
internal enum SimulatedFault
{
    /// <summary>The bus neither keeps nor confirms a message.</summary>
    MessageLost,

    /// <summary>The bus keeps a message and the publisher never learns of it.</summary>
    ConfirmLost,
    MessageDoubled,

    /// <summary>A message arrives before others that were sent earlier.</summary>
    MessageOvertakes,

    /// <summary>The bus gives messages to another worker while the first is still at work on them.</summary>
    DeliveryRepeated,

    /// <summary>The worker's answer never reaches the client.</summary>
    AnswerLost,

    /// <summary>A client that got its confirmation sends the claim again.</summary>
    ClientImpatient,

    /// <summary>A client without a confirmation does not try again.</summary>
    ClientGone,
    LockGivenTwice,

    /// <summary>The lock server starts again without its memory.</summary>
    LocksForgotten,

    /// <summary>The store refuses a transaction: a deadlock, a lost connection.</summary>
    CommitFailed,

    /// <summary>The store commits, and the worker sees a failure.</summary>
    CommitUnanswered,

    /// <summary>The worker sees a failure, and the transaction goes on to commit when others may have come first.</summary>
    CommitLate,
    WorkerCrashed,
}
