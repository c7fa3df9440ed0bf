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
    public KeySets(AuthOptions options, TimeProvider time, ILogger<KeySets> log, HttpMessageHandler? handler = null)
    {
        // A redirect would lead to whom nobody has named as the issuer.
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout, MaxResponseContentBufferSize = MaxDocument };
        All = [.. options.Sections().Select(section =>
        {
            var source = new KeySource(section.Options, $"treasure-hunt-{section.Name.ToLowerInvariant()}", _http);
            var set = new KeySet(AudienceOf(section.Name), section.Options, source, time, log);
            if (source.IsLocal)
            {
                set.LoadLocal($"Auth__{section.Name}");
            }

            return set;
        })];
        RefuseShared(options);
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

    private void RefuseShared(AuthOptions options)
    {
        var sections = options.Sections().ToList();
        for (var i = 0; i < sections.Count; i++)
        {
            for (var j = i + 1; j < sections.Count; j++)
            {
                var (one, other) = (sections[i].Options, sections[j].Options);
                if (Same(one.Authority, other.Authority) || Same(one.JwksUrl, other.JwksUrl) || Same(one.JwksFile, other.JwksFile)
                    || All[i].Current.All.Select(Material).Intersect(All[j].Current.All.Select(Material)).Any())
                {
                    throw new SettingException(
                        $"Auth__{sections[j].Name}: its keys are also those of Auth__{sections[i].Name}, so that whoever signs the one could sign the other. Give each keys of its own.");
                }
            }
        }
    }

    private static bool Same(string? one, string? other) => !string.IsNullOrEmpty(one) && one.TrimEnd('/') == other?.TrimEnd('/');

    private static string Material(Microsoft.IdentityModel.Tokens.SecurityKey key) => Convert.ToHexString(key.ComputeJwkThumbprint());
}
