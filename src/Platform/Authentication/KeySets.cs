using Microsoft.Extensions.Logging;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>The keys of each audience. No key belongs to two audiences.</summary>
public sealed class KeySets : IDisposable
{
    /// <summary>Largest key set or discovery document, in bytes.</summary>
    private const int MaxDocument = 256 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;

    /// <exception cref="SettingException">Keys that lie on this machine cannot be used, or belong to two audiences.</exception>
    public KeySets(AuthOptions options, TimeProvider timeProvider, ILogger<KeySets> log, HttpMessageHandler? handler = null)
    {
        // A redirect would lead to whom nobody has named as the issuer.
        _http = new HttpClient(
            handler ?? new SocketsHttpHandler { AllowAutoRedirect = false })
        { Timeout = Timeout, MaxResponseContentBufferSize = MaxDocument };
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

    public KeySet? Of(string audience) => All.FirstOrDefault(set => set.Audience == audience);

    public void Dispose() => _http.Dispose();

    private static string AudienceOf(string section) => section switch
    {
        nameof(AuthOptions.Players) => Audiences.Player,
        nameof(AuthOptions.Storefronts) => Audiences.Storefront,
        _ => Audiences.Administrator,
    };

    // What is fetched is not known yet: KeyOwners refuses it when it comes.
    private static void RefuseSharedSources(AuthOptions options)
    {
        var sections = options.Sections().ToList();
        for (var i = 0; i < sections.Count; i++)
        {
            for (var j = i + 1; j < sections.Count; j++)
            {
                var (one, other) = (sections[i].Options, sections[j].Options);
                if (Same(one.Authority, other.Authority) || Same(one.JwksUrl, other.JwksUrl) || Same(one.JwksFile, other.JwksFile))
                {
                    throw KeyOwners.Shared(sections[j].Name, sections[i].Name);
                }
            }
        }
    }

    private static bool Same(string? one, string? other) => !string.IsNullOrEmpty(one) && one.TrimEnd('/') == other?.TrimEnd('/');
}
