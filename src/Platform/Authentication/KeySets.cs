using Microsoft.Extensions.Logging;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>The keys of each audience. No key belongs to two audiences.</summary>
public sealed class KeySets : IDisposable
{
    /// <summary>Maximum size of a key set or discovery document.</summary>
    private const int MaxDocumentBytes = 256 * 1024;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;

    /// <exception cref="SettingException">Local keys are invalid, or belong to two audiences.</exception>
    public KeySets(AuthOptions options, TimeProvider timeProvider, ILogger<KeySets> log, HttpMessageHandler? handler = null)
    {
        // A redirect would lead to a host that no setting names.
        _http = new HttpClient(
            handler ?? new SocketsHttpHandler { AllowAutoRedirect = false })
        { Timeout = RequestTimeout, MaxResponseContentBufferSize = MaxDocumentBytes };
        RefuseSharedSources(options);
        var owners = new KeyOwners();
        All = [.. options.Sections().Select(section =>
        {
            var source = new KeySource(section.Options, $"treasure-hunt-{section.Name.ToLowerInvariant()}", _http);
            var set = new KeySet(section.Name, AudienceOf(section.Name), section.Options, source, owners, timeProvider, log);
            if (source.IsLocal)
            {
                set.LoadLocal();
            }

            return set;
        })];
    }

    public IReadOnlyList<KeySet> All { get; }

    public KeySet? Find(string audience) => All.FirstOrDefault(set => set.Audience == audience);

    public void Dispose() => _http.Dispose();

    private static string AudienceOf(string section) => section switch
    {
        nameof(AuthOptions.Players) => Audiences.Player,
        nameof(AuthOptions.Storefronts) => Audiences.Storefront,
        _ => Audiences.Administrator,
    };

    // Keys behind different addresses are compared when they are loaded: see KeyOwners.
    private static void RefuseSharedSources(AuthOptions options)
    {
        var sections = options.Sections().ToList();
        for (var i = 0; i < sections.Count; i++)
        {
            for (var j = i + 1; j < sections.Count; j++)
            {
                var (one, other) = (sections[i].Options, sections[j].Options);
                if (AreSame(one.Authority, other.Authority) || AreSame(one.JwksUrl, other.JwksUrl) || AreSame(one.JwksFile, other.JwksFile))
                {
                    throw KeyOwners.SharedKeys(sections[j].Name, sections[i].Name);
                }
            }
        }
    }

    private static bool AreSame(string? one, string? other) => !string.IsNullOrEmpty(one) && one.TrimEnd('/') == other?.TrimEnd('/');
}
