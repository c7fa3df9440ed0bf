using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>No key belongs to two audiences, wherever it comes from and whenever.</summary>
public sealed class KeyOwnerSpecs : IDisposable
{
    private const string Players = "https://players.example/keys";
    private const string Administrators = "https://administrators.example/keys";

    private readonly IssuerHandler _issuers = new();
    private readonly KeySets _sets;

    public KeyOwnerSpecs()
    {
        var options = new AuthOptions();
        options.Players.JwksUrl = Players;
        options.Administrators.JwksUrl = Administrators;
        _sets = new KeySets(options, new ManualTime(), NullLogger<KeySets>.Instance, _issuers);
    }

    private KeySet OfPlayers => _sets.Of(Audiences.Player)!;

    private KeySet OfAdministrators => _sets.Of(Audiences.Administrator)!;

    public void Dispose() => _sets.Dispose();

    [Fact]
    public async Task A_fetched_key_of_another_audience_is_not_taken_whatever_it_is_called()
    {
        var one = new SpecIssuer("issuer").PublicKey;
        await Load(OfPlayers, Players, Named(one, "one"));
        await Load(OfAdministrators, Administrators, Named(one, "other"));

        Assert.Equal((true, false, 0), (OfPlayers.IsLoaded, OfAdministrators.IsLoaded, OfAdministrators.Current.All.Count));
    }

    [Fact]
    public async Task The_last_keys_stay_when_a_key_of_another_audience_joins_them()
    {
        var one = new SpecIssuer("issuer").PublicKey;
        var other = new SpecIssuer("issuer").PublicKey;
        await Load(OfPlayers, Players, Named(one, "one"));
        await Load(OfAdministrators, Administrators, Named(other, "other"));
        await Load(OfAdministrators, Administrators, Named(other, "other"), Named(one, "one"));

        Assert.Equal(["other"], OfAdministrators.Current.All.Select(key => key.KeyId));
    }

    [Fact]
    public async Task A_key_that_its_audience_has_dropped_may_be_anothers()
    {
        var one = new SpecIssuer("issuer").PublicKey;
        var next = new SpecIssuer("issuer").PublicKey;
        await Load(OfPlayers, Players, Named(one, "one"));
        await Load(OfPlayers, Players, Named(next, "next"));
        await Load(OfAdministrators, Administrators, Named(one, "one"));

        Assert.Equal(["next"], OfPlayers.Current.All.Select(key => key.KeyId));
        Assert.Equal(["one"], OfAdministrators.Current.All.Select(key => key.KeyId));
    }

    private async Task Load(KeySet set, string url, params JsonNode[] keys)
    {
        _issuers.Published[new Uri(url)] = new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString();
        await set.RefreshAsync();
    }

    private static JsonNode Named(JsonNode key, string kid)
    {
        var named = key.DeepClone();
        named["kid"] = kid;
        return named;
    }

    private sealed class IssuerHandler : HttpMessageHandler
    {
        public Dictionary<Uri, string> Published { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(Published[request.RequestUri!]) });
    }
}
