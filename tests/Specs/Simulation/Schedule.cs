using System.Globalization;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// A deterministic scheduler with simulated time. All random choices come from the seed, so a seed always produces the same trace.
/// Faults occur during the first four seconds. After that all work must complete.
/// </summary>
internal sealed class Schedule
{
    /// <summary>The maximum number of steps. A run with more steps does not terminate.</summary>
    private const int MaxSteps = 20_000;

    private static readonly DateTimeOffset EndOfFaults = At("18:45:04");

    /// <summary>
    /// The possible probabilities of a fault in percent. Each fault gets one of them for the whole run. Most are low, so that most runs
    /// make progress.
    /// </summary>
    private static readonly int[] Probabilities = [0, 0, 1, 3, 10, 30];

    private readonly Random _random;
    private readonly Dictionary<SimulatedFault, int> _probabilities;
    private readonly PriorityQueue<Action, (DateTimeOffset At, int N)> _steps = new();
    private readonly List<string> _trace = [];
    private int _planned;

    public Schedule(int seed)
    {
        _random = new Random(seed);
        _probabilities = Enum.GetValues<SimulatedFault>().ToDictionary(
            fault => fault, _ => Probabilities[RandomBelow(Probabilities.Length)]);
        AddToTrace(
            "faults", string.Join(", ", _probabilities.Where(fault => fault.Value > 0).Select(fault => $"{fault.Key} {fault.Value} %")));
    }

    public DateTimeOffset Now { get; private set; } = At("18:45");

    /// <summary>The number of steps so far.</summary>
    public int Step { get; private set; }

    /// <summary>The lines of the trace.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>The faults that occurred.</summary>
    public HashSet<SimulatedFault> OccurredFaults { get; } = [];

    /// <summary>A random number from 0 to <paramref name="count"/> - 1.</summary>
    public int RandomBelow(int count) => _random.Next(count);

    /// <summary>A random clock skew of up to 500 ms in either direction.</summary>
    public TimeSpan RandomSkew() => TimeSpan.FromMilliseconds(RandomBelow(1001) - 500);

    /// <summary>Decides whether a fault occurs now.</summary>
    public bool Occurs(SimulatedFault fault)
    {
        var occurs = RandomBelow(100) < _probabilities[fault] && Now < EndOfFaults;
        if (occurs)
        {
            OccurredFaults.Add(fault);
        }

        return occurs;
    }

    /// <summary>Schedules a step at a random time within the next <paramref name="milliseconds"/>.</summary>
    public void RunWithin(int milliseconds, Action step) =>
        _steps.Enqueue(step, (Now.AddMilliseconds(RandomBelow(milliseconds) + 1), _planned++));

    public void AddToTrace(string actor, string text) =>
        _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{_trace.Count + 1,4}  {Now:HH:mm:ss.fff}  {actor,-8}  {text}"));

    /// <summary>Runs all steps in the order of their times. Returns false when they do not end.</summary>
    public bool Run()
    {
        while (Step < MaxSteps && _steps.TryDequeue(out var step, out var due))
        {
            Step++;
            Now = due.At;
            step();
        }

        return _steps.Count == 0;
    }
}
