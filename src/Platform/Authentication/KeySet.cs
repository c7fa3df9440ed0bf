using System.Text.Json;
using Microsoft.Extensions.Logging;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Platform.Authentication;

/// <summary>
/// The current keys of one audience. When a load fails, the last keys stay in force: an outage of the issuer locks no caller out.
/// </summary>
/// <param name="section">The name of the audience in the settings.</param>
public sealed class KeySet(
    string section, string audience, TokenOptions options, KeySource source, KeyOwners owners, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>Minimum time between two loads for unknown key ids: tokens with invented ids must not flood the issuer.</summary>
    private static readonly TimeSpan MinRefreshInterval = TimeSpan.FromSeconds(10);

    private static readonly System.Diagnostics.Metrics.Counter<long> Failures = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_key_refresh_failures", description: "Loads of an audience's keys that failed; the last keys stay in force");

    private readonly Lock _lock = new();
    private volatile AudienceKeys _current = new([], "");
    private volatile bool _isLoaded;
    private Task _loading = Task.CompletedTask;
    private long? _lastLoad;
    private bool _hasFailed;

    public string Audience => audience;

    public TokenOptions Options => options;

    /// <summary>Whether the keys can change while the host runs.</summary>
    public bool CanChange => source.CanChange;

    /// <summary>Whether a load has succeeded.</summary>
    public bool IsLoaded => _isLoaded;

    public AudienceKeys Current => _current;

    /// <summary>The current keys. They are loaded again when the key id is unknown, at most every ten seconds.</summary>
    public async ValueTask<AudienceKeys> GetKeysAsync(string? kid)
    {
        if (source.CanChange && !string.IsNullOrEmpty(kid) && !_current.WithId(kid).Any())
        {
            await RefreshAsync(MinRefreshInterval);
        }

        return _current;
    }

    /// <summary>Loads the keys. Concurrent callers share one load. It never throws.</summary>
    /// <param name="minAge">Does nothing when the last load began less than this ago.</param>
    public Task RefreshAsync(TimeSpan minAge = default)
    {
        lock (_lock)
        {
            if (_loading.IsCompleted && (_lastLoad is not { } last || timeProvider.GetElapsedTime(last) >= minAge))
            {
                _lastLoad = timeProvider.GetTimestamp();
                _loading = TryLoadAsync();
            }

            return _loading;
        }
    }

    /// <summary>Loads local keys before the host starts.</summary>
    /// <exception cref="SettingException">The keys are invalid, or another audience has them too.</exception>
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

        Apply(keys);
    }

    private async Task TryLoadAsync()
    {
        // The caller holds the lock: the load itself runs without it.
        await Task.Yield();
        try
        {
            Apply(await source.LoadAsync(CancellationToken.None));
            _hasFailed = false;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            Failures.Add(1, new KeyValuePair<string, object?>("audience", audience));
            if (!_hasFailed)
            {
                logger.KeysNotLoaded(audience, exception.Message);
            }

            _hasFailed = true;
        }
    }

    private void Apply(AudienceKeys keys)
    {
        if (!_isLoaded || !keys.HasSameKeysAs(_current))
        {
            owners.Assign(section, keys, () => _current = keys);
            _isLoaded = true;
            if (source.CanChange)
            {
                logger.KeysLoaded(audience, keys.All.Count);
            }
        }
    }

    private static bool IsExpected(Exception exception) =>
        exception is SettingException or HttpRequestException or OperationCanceledException or IOException or UnauthorizedAccessException
            or JsonException or InvalidOperationException;
}
