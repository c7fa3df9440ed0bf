using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>No key is valid for two audiences at the same time.</summary>
public sealed class KeyOwnershipSpecs : IDisposable
{
    private const string Players = "https://players.example/keys";
    private const string Administrators = "https://administrators.example/keys";

    private readonly IssuerHandler _issuers = new();
    private readonly KeySets _sets;

    public KeyOwnershipSpecs()
    {
        var options = new AuthOptions();
        options.Players.JwksUrl = Players;
        options.Administrators.JwksUrl = Administrators;
        _sets = new KeySets(options, new ManualTime(), NullLogger<KeySets>.Instance, _issuers);
    }

    private KeySet OfPlayers => _sets.Find(Audiences.Player)!;

    private KeySet OfAdministrators => _sets.Find(Audiences.Administrator)!;

    public void Dispose() => _sets.Dispose();

    [Fact]
    public async Task A_fetched_key_of_another_audience_is_refused_under_any_key_id()
    {
        var one = new TokenSigner("issuer").PublicKey;
        await Load(OfPlayers, Players, Named(one, "one"));
        await Load(OfAdministrators, Administrators, Named(one, "other"));

        Assert.Equal((true, false, 0), (OfPlayers.IsLoaded, OfAdministrators.IsLoaded, OfAdministrators.Current.All.Count));
    }

    [Fact]
    public async Task The_last_keys_stay_in_force_when_a_key_of_another_audience_is_added()
    {
        var one = new TokenSigner("issuer").PublicKey;
        var other = new TokenSigner("issuer").PublicKey;
        await Load(OfPlayers, Players, Named(one, "one"));
        await Load(OfAdministrators, Administrators, Named(other, "other"));
        await Load(OfAdministrators, Administrators, Named(other, "other"), Named(one, "one"));

        Assert.Equal(["other"], OfAdministrators.Current.All.Select(key => key.KeyId));
    }

    [Fact]
    public async Task A_key_that_its_audience_has_removed_may_be_used_by_another()
    {
        var one = new TokenSigner("issuer").PublicKey;
        var next = new TokenSigner("issuer").PublicKey;
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
