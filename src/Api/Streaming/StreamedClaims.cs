using TreasureHunt.Api.Claims;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// The latest claims of one player, shared by all streams of the player in this process. A stream holds only the version that it has sent.
/// </summary>
public sealed class StreamedClaims(string playerId)
{
    /// <summary>The most claims that are kept and sent; <c>GET /v1/players/me/claims</c> has the others.</summary>
    public const int MaxClaims = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, (long Version, Versioned<ClaimView> Claim)> _claims = [];
    private Action? _onChanged;
    private long _version;
    private int _isReadDue = 1;

    public string PlayerId => playerId;

    /// <summary>Increases with each change; 0 until the claims are read for the first time or one is published.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Whether the claims must be read: at first, and when a published change may be lost.</summary>
    public bool IsReadDue => Volatile.Read(ref _isReadDue) == 1;

    /// <summary>Requests a read. Changes until the read begins are in its result.</summary>
    public void RequestRead() => Volatile.Write(ref _isReadDue, 1);

    /// <summary>Takes the requested read; false when there is none, or another thread has taken it.</summary>
    public bool TryBeginRead() => Interlocked.Exchange(ref _isReadDue, 0) == 1;

    /// <summary>Adds a callback for changes of <see cref="Version"/>.</summary>
    public void AddListener(Action onChanged)
    {
        lock (_lock)
        {
            _onChanged += onChanged;
        }
    }

    /// <summary>Removes a callback once.</summary>
    public void RemoveListener(Action onChanged)
    {
        lock (_lock)
        {
            _onChanged -= onChanged;
        }
    }

    /// <summary>
    /// Applies claims that were read or published. A claim that is already known in this or a later state changes nothing.
    /// </summary>
    public void Apply(IEnumerable<Versioned<ClaimView>> claims)
    {
        Action? onChanged;
        lock (_lock)
        {
            var next = _version + 1;
            // The first result of a read is sent also when the player has no claims.
            var hasChanged = _version == 0;
            foreach (var claim in claims)
            {
                if (!_claims.TryGetValue(claim.Value.ClaimId, out var known) || known.Claim.Sequence < claim.Sequence)
                {
                    _claims[claim.Value.ClaimId] = (next, claim);
                    hasChanged = true;
                }
            }

            while (_claims.Count > MaxClaims)
            {
                _claims.Remove(_claims.MinBy(known => known.Value.Claim.Sequence).Key);
            }

            onChanged = hasChanged ? _onChanged : null;
            Volatile.Write(ref _version, hasChanged ? next : _version);
        }

        onChanged?.Invoke();
    }

    /// <summary>The event with the claims that changed since a version, newest first.</summary>
    public StateDelta ChangesSince(long version)
    {
        lock (_lock)
        {
            var changed = _claims.Values.Where(known => known.Version > version).OrderByDescending(known => known.Claim.Sequence)
                .Select(known => ClaimResponse.Of(known.Claim.Value)).ToList();
            // Without an id: the position of the client in the hunt stays the same.
            return new StateDelta(_version, SseEvents.SerializeWithoutId("claims"u8, new ClaimListResponse(changed)));
        }
    }
}
