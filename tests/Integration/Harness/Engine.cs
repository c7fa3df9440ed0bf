using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>
/// The engine as it runs in production: two Api, two Commands and a Projections process on real servers, with a schema, a
/// virtual host and a key prefix that no other run uses.
/// </summary>
public sealed class Engine : IAsyncDisposable
{
    /// <summary>Few, so that the shards are busy.</summary>
    public const int Shards = 2;

    private static readonly string[] Names = ["api-1", "api-2", "commands-1", "commands-2", "projections-1"];

    private readonly ConcurrentDictionary<string, HostProcess> _hosts = new();
    private readonly Dictionary<string, string> _settings;

    private Engine(VirtualHost bus, Dictionary<string, string> settings) => (Bus, _settings) = (bus, settings);

    /// <summary>Waits as long as an answer may take, and a bit more.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(45) };

    public VirtualHost Bus { get; }

    public string Schema => _settings["EventStore__Schema"];

    public string Prefix => _settings["ReadModels__Prefix"];

    public StoredEvents Log => field ??= new StoredEvents(Schema);

    /// <summary>What every process said last, for whoever looks into a failure.</summary>
    public string Output => string.Join("\n", _hosts.Values.OrderBy(host => host.Name).Select(host => host.Output));

    /// <param name="settings">Settings on top of the usual ones.</param>
    public static async Task<Engine> Start(params (string Name, string Value)[] settings)
    {
        var name = $"it{Ids.FreshSlug()}";
        var bus = await VirtualHost.Create();
        var engine = new Engine(bus, new Dictionary<string, string>
        {
            ["EventStore__Schema"] = name,
            ["ReadModels__Prefix"] = name,
            ["Shards__Count"] = Shards.ToString(CultureInfo.InvariantCulture),
            ["Visitors__Enabled"] = "true",
            // Tests share a few players; those that try the limits have hosts of their own.
            ["RateLimits__PlayerPerSecond"] = "100000",
            ["RateLimits__PlayerBurst"] = "100000",
            ["Storefronts__shop__Players"] = "shop:",
            // No proxy has to notice that they leave.
            ["Shutdown__DrainSeconds"] = "0",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            // These processes live for a minute or two: what they would learn about themselves never pays.
            ["DOTNET_TieredPGO"] = "0",
        });
        foreach (var setting in Issuers.Settings.Concat(settings))
        {
            engine._settings[setting.Name] = setting.Value;
        }

        try
        {
            await Task.WhenAll(
                new HostProcess("schema", "Commands", engine.SettingsOf("operator")).Run("--apply-schema"),
                new HostProcess("topology", "Commands", engine.SettingsOf("operator")).Run("--declare-topology"));
            await engine.Heal();
            await engine.Admin().Draft();
            await Until.True("the read models are built", async () =>
                (await Task.WhenAll(
                    Names.Where(name => name.StartsWith("api-", StringComparison.Ordinal)).Select(
                        name => engine.Player("first", name).Get("/v1/players/me/claims"))))
                .All(answer => answer.Problem == "200"));
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public HostProcess Host(string name) => _hosts[name];

    /// <summary>Starts whichever of the usual processes does not run.</summary>
    public Task Heal() =>
        Task.WhenAll(Names.Where(name => !_hosts.TryGetValue(name, out var host) || !host.Runs).Select(name => Add(name)));

    /// <summary>Starts a process; its name begins with what it is.</summary>
    /// <param name="settings">Settings that it has for itself.</param>
    public async Task<HostProcess> Add(string name, params (string Name, string Value)[] settings)
    {
        var (project, user) = name.Split('-')[0] switch
        {
            "api" => ("Api", "api"),
            "commands" => ("Commands", "worker"),
            _ =>
            ("Projections", "projections")
        };
        var own = SettingsOf(user);
        foreach (var setting in settings)
        {
            own[setting.Name] = setting.Value;
        }

        var host = _hosts[name] = new HostProcess(name, project, own);
        await host.Start(Http);
        return host;
    }

    // A setting that the test gives to all hosts goes before.
    private Dictionary<string, string> SettingsOf(string user)
    {
        var settings = new Dictionary<string, string>(_settings);
        settings.TryAdd("ConnectionStrings__RabbitMq", Bus.AddressOf(user).ToString());
        settings.TryAdd("DeadLetters__Connection", user == "worker" ? Bus.AddressOf("operator").ToString() : "");
        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Values.Select(host => host.Kill()));
        await Bus.DisposeAsync();
        await using (var postgres = NpgsqlDataSource.Create(Servers.Postgres))
        await using (var drop = postgres.CreateCommand($"drop schema if exists {Schema} cascade"))
        {
            await drop.ExecuteNonQueryAsync();
        }

        await RedisKeys.Delete(Servers.RedisReadModels, $"{Prefix}:*");
        await Log.DisposeAsync();
        Http.Dispose();
    }
}
