using System.Collections.Concurrent;

namespace TreasureHunt.Integration.Harness;

/// <summary>The last output lines of a host process, and the address in them.</summary>
internal sealed class HostOutput(string name)
{
    private const int MaxLines = 400;
    private const string Listening = "Now listening on: ";

    private readonly ConcurrentQueue<string> _lines = new();
    private volatile Uri? _url;

    /// <summary>The address of the host; null before it listens.</summary>
    public Uri? Url
    {
        get => _url;
        set => _url = value;
    }

    /// <summary>The last 60 lines.</summary>
    public string Text => string.Join('\n', _lines.TakeLast(60).Select(line => $"  {name}: {line}"));

    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            // A JSON log line ends the URL with a quote.
            _url = new Uri(line[(at + Listening.Length)..].Split('"')[0]);
        }

        _lines.Enqueue(line);
        if (_lines.Count > MaxLines)
        {
            _lines.TryDequeue(out _);
        }
    }
}
