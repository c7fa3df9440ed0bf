using TreasureHunt.Browser;
using TreasureHunt.Cli;
using TreasureHunt.LoadGenerator.Tokens;

[assembly: AssemblyFixture(typeof(RunningSite))]

namespace TreasureHunt.Browser;

/// <summary>The running engine at <c>HUNT_URL</c>, with the signing keys of <c>HUNT_KEYS</c>.</summary>
public sealed partial class RunningSite : IAsyncLifetime
{
    private readonly string? _url = Environment.GetEnvironmentVariable("HUNT_URL");
    private readonly Lazy<TokenFactory> _tokens = new(
        () => new TokenFactory(CliSettings.FromEnvironment(Environment.GetEnvironmentVariable).IssuerOf, TimeProvider.System));
    private readonly HttpClient _http = new();
    private string? _missing;

    public Chromium Chromium { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _missing = await FindMissing();
        if (_missing is not null)
        {
            return;
        }

        await Chromium.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Chromium.DisposeAsync();
    }

    /// <summary>Fails the test when the browser or the engine is missing.</summary>
    public void AssertAvailable()
    {
        if (_missing is not null)
        {
            Assert.Fail(_missing);
        }
    }

    public string AddressOf(string huntId) => new Uri(_http.BaseAddress!, $"?hunt={huntId}").ToString();

    public string PlayerToken(string playerId) => _tokens.Value.Player(playerId);

    private async Task<string?> FindMissing()
    {
        if (string.IsNullOrEmpty(_url) || string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HUNT_KEYS")))
        {
            return "HUNT_URL and HUNT_KEYS do not name an engine.";
        }

        if (!File.Exists(Chromium.Path))
        {
            return $"There is no browser at {Chromium.Path} (apt-get install chromium).";
        }

        _http.BaseAddress = new Uri(_url);
        try
        {
            using var response = await _http.GetAsync(new Uri("/v1/hunts", UriKind.Relative));
            return response.IsSuccessStatusCode ? null : $"The engine at {_url} answers {(int)response.StatusCode}.";
        }
        catch (HttpRequestException unreachable)
        {
            return $"No engine answers at {_url}: {unreachable.Message}";
        }
    }
}
