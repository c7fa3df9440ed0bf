using System.Text.Json;
using Microsoft.Extensions.Logging;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Platform.Authentication;

/// <summary>
/// The keys of one audience, as they are now. When they cannot be loaded, the last ones stay in force: an issuer that is away
/// for a while keeps nobody out.
/// </summary>
/// <param name="section">The audience, as its settings name it.</param>
public sealed class KeySet(
    string section, string audience, TokenOptions options, KeySource source, KeyOwners owners, TimeProvider timeProvider, ILogger log)
{
    /// <summary>Least time between two loads that unknown key ids ask for, so that made-up ones cannot flood the issuer.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(10);

    private static readonly System.Diagnostics.Metrics.Counter<long> Failures = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_key_refresh_failures", description: "Loads of an audience's keys that failed; the last keys stay in force");

    private readonly Lock _gate = new();
    private volatile AudienceKeys _current = new([], "");
    private volatile bool _isLoaded;
    private Task _loading = Task.CompletedTask;
    private long? _lastLoad;
    private bool _hasFailed;

    public string Audience => audience;

    public TokenOptions Options => options;

    /// <summary>Whether the keys can change while the host runs.</summary>
    public bool CanChange => source.CanChange;

    /// <summary>Whether the keys were loaded once.</summary>
    public bool IsLoaded => _isLoaded;

    public AudienceKeys Current => _current;

    /// <summary>The keys, loaded again when the given one is not among them and the last load is some seconds ago.</summary>
    public async ValueTask<AudienceKeys> FindAsync(string? kid)
    {
        if (source.CanChange && !string.IsNullOrEmpty(kid) && !_current.Of(kid).Any())
        {
            await RefreshAsync(MinInterval);
        }

        return _current;
    }

    /// <summary>Loads the keys; those who ask while a load is under way wait for that one. It never throws.</summary>
    /// <param name="minAge">Does nothing when the last load began less than this ago.</param>
    public Task RefreshAsync(TimeSpan minAge = default)
    {
        lock (_gate)
        {
            if (_loading.IsCompleted && (_lastLoad is not { } last || timeProvider.GetElapsedTime(last) >= minAge))
            {
                _lastLoad = timeProvider.GetTimestamp();
                _loading = TryLoadAsync();
            }

            return _loading;
        }
    }

    /// <summary>Loads keys that lie on this machine before the host starts.</summary>
    /// <exception cref="SettingException">They cannot be used, or are also those of another audience.</exception>
    public void LoadLocal()
    {
        AudienceKeys keys;
        try
        {
            keys = source.LoadAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception unusable) when (IsExpected(unusable))
        {
            throw new SettingException($"Auth__{section}__{options.Sources()[0]}: {unusable.Message}");
        }

        Use(keys);
    }

    private async Task TryLoadAsync()
    {
        // Whoever asks holds the lock: the load itself goes on beside it.
        await Task.Yield();
        try
        {
            Use(await source.LoadAsync(CancellationToken.None));
            _hasFailed = false;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            Failures.Add(1, new KeyValuePair<string, object?>("audience", audience));
            if (!_hasFailed)
            {
                AuthenticationLog.KeysNotLoaded(log, audience, exception.Message);
            }

            _hasFailed = true;
        }
    }

    private void Use(AudienceKeys keys)
    {
        if (!_isLoaded || !keys.SameAs(_current))
        {
            owners.Claim(section, keys, () => _current = keys);
            _isLoaded = true;
            if (source.CanChange)
            {
                AuthenticationLog.KeysLoaded(log, audience, keys.All.Count);
            }
        }
    }

    private static bool IsExpected(Exception exception) =>
        exception is SettingException or HttpRequestException or OperationCanceledException or IOException or UnauthorizedAccessException
            or JsonException or InvalidOperationException;
}
