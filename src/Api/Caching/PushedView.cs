using System.Diagnostics;
using System.Text.Json;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Caching;

/// <summary>A view that was read from Redis once. Since then, the messages of a chain bring its changes.</summary>
public sealed class PushedView(MessageChain chain)
{
    private readonly Lock _lock = new();
    private readonly long _readAt = Stopwatch.GetTimestamp();
    private VersionedValue? _unparsed;
    private ReadView? _view;
    private long _viewAt;
    private long _sequence = -1;
    private bool _isRead;
    private bool _isLost;

    /// <summary>The messages that bring the changes.</summary>
    public MessageChain Chain => chain;

    /// <summary>The value has every change that was written before this time, in ticks of <see cref="Stopwatch"/>.</summary>
    public long CurrentAt => Math.Max(_readAt, chain.CurrentAt);

    /// <summary>Whether the value was requested since this was last set to false.</summary>
    public bool IsUsed { get; set; } = true;

    /// <summary>Sets the value that was read, unless a later one was pushed meanwhile.</summary>
    public void SetRead(ReadView view)
    {
        lock (_lock)
        {
            _isRead = true;
            if (view.Sequence >= _sequence)
            {
                (_view, _viewAt, _unparsed, _sequence) = (view, _readAt, null, view.Sequence);
            }
        }
    }

    /// <summary>Sets a value that was pushed, unless it is known. It is parsed when it is requested.</summary>
    public void Push(VersionedValue value)
    {
        lock (_lock)
        {
            if (value.IsNotWritable)
            {
                _isLost = true;
            }
            else if (value.Sequence > _sequence)
            {
                // A copy, because the message has the values of many views.
                (_unparsed, _sequence) = (value with { Json = value.Json.ToArray() }, value.Sequence);
            }
        }
    }

    /// <summary>Returns the value; null when it is not read yet, is not current, or its latest state is not known.</summary>
    /// <param name="since">The time for which <see cref="CurrentAt"/> must be known.</param>
    public ReadView<TView>? Get<TView>(long since, TimeProvider timeProvider)
    {
        var currentAt = CurrentAt;
        if (currentAt < since)
        {
            return null;
        }

        lock (_lock)
        {
            IsUsed = true;
            return _isRead && !_isLost ? Parse<TView>(currentAt, timeProvider) : null;
        }
    }

    /// <summary>Hands the last value to another cache, once. Nothing is requested from this view afterwards.</summary>
    /// <param name="store">Gets the value and the time of <see cref="CurrentAt"/>.</param>
    /// <returns>False when the value is not read yet.</returns>
    public bool TryHandOver<TView>(Action<ReadView<TView>, long> store, TimeProvider timeProvider)
    {
        lock (_lock)
        {
            if (_isRead && _sequence >= 0 && Parse<TView>(CurrentAt, timeProvider) is { } view)
            {
                store(view, CurrentAt);
                _sequence = -1;
                _isLost = true;
            }

            return _isRead;
        }
    }

    private ReadView<TView>? Parse<TView>(long currentAt, TimeProvider timeProvider)
    {
        if (_unparsed is null && _viewAt == currentAt)
        {
            return (ReadView<TView>)_view!;
        }

        try
        {
            var view = _unparsed is { } value ? value.ToView<TView>() : ((ReadView<TView>)_view!).View;
            var known = new ReadView<TView>(_sequence, view, timeProvider.GetUtcNow() - Stopwatch.GetElapsedTime(currentAt));
            (_view, _viewAt, _unparsed) = (known, currentAt, null);
            return known;
        }
        catch (JsonException)
        {
            // A format of another build.
            _isLost = true;
            return null;
        }
    }
}
