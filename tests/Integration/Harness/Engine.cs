using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>
/// Two Api, two Commands and one Projections host process on real servers, with a separate schema, virtual host and key
/// prefix.
/// </summary>
public sealed class Engine : IAsyncDisposable
{
    /// <summary>The number of claim shards; few, so that each is busy.</summary>
    public const int Shards = 2;

    /// <summary>Engines start one after the other: hosts that start take the processor from tests that run.</summary>
    private static readonly SemaphoreSlim Starting = new(1);

    private static readonly string[] Names = ["api-1", "api-2", "commands-1", "commands-2", "projections-1"];

    private readonly ConcurrentDictionary<string, HostProcess> _hosts = new();
    private readonly Dictionary<string, string> _settings;

    private Engine(VirtualHost bus, Dictionary<string, string> settings) => (Bus, _settings) = (bus, settings);

    /// <summary>Its timeout is longer than the longest wait of the Api.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(45) };

    public VirtualHost Bus { get; }

    public string Schema => _settings["EventStore__Schema"];

    public string Prefix => _settings["ReadModels__Prefix"];

    public StoredEvents EventStore => field ??= new StoredEvents(Schema);

    /// <summary>The last output lines of every process, for the diagnosis of a failure.</summary>
    public string Output => string.Join("\n", _hosts.Values.OrderBy(host => host.Name).Select(host => host.Output));

    /// <param name="settings">Settings in addition to the default ones.</param>
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
            // Tests share a few players. Tests of the rate limits start separate hosts.
            ["RateLimits__PlayerPerSecond"] = "100000",
            ["RateLimits__PlayerBurst"] = "100000",
            ["Storefronts__shop__Players"] = "shop:",
            // No proxy takes these hosts out of its rotation.
            ["Shutdown__DrainSeconds"] = "0",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            // These processes run for a minute or two, too short for profile-guided optimisation.
            ["DOTNET_TieredPGO"] = "0",
            // Hexadecimal: 256 ms. Hot code is compiled later, which saves a third of the processor time of the first half minute.
            ["DOTNET_TC_CallCountingDelayMs"] = "100",
        });
        foreach (var setting in Issuers.Settings.Concat(settings))
        {
            engine._settings[setting.Name] = setting.Value;
        }

        await Starting.WaitAsync();
        try
        {
            await Task.WhenAll(
                new HostProcess("schema", "Commands", engine.SettingsOf("operator")).Run("--apply-schema"),
                new HostProcess("topology", "Commands", engine.SettingsOf("operator")).Run("--declare-topology"));
            await engine.StartMissingHosts();
            await engine.Admin().Draft();
            await Poll.Until("the read models are built", async () =>
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
        finally
        {
            Starting.Release();
        }
    }

    public HostProcess Host(string name) => _hosts[name];

    /// <summary>Starts each default host process that does not run.</summary>
    public Task StartMissingHosts() =>
        Task.WhenAll(Names.Where(name => !_hosts.TryGetValue(name, out var host) || !host.IsRunning).Select(name => StartHost(name)));

    /// <summary>Starts a host process. The part of its name before the hyphen selects the project.</summary>
    /// <param name="settings">Settings of this process alone.</param>
    public async Task<HostProcess> StartHost(string name, params (string Name, string Value)[] settings)
    {
        var (project, user) = name.Split('-')[0] switch
        {
            "api" => ("Api", "api"),
            "commands" => ("Commands", "worker"),
            _ =>
            ("Projections", "projections")
        };
        var hostSettings = SettingsOf(user);
        foreach (var setting in settings)
        {
            hostSettings[setting.Name] = setting.Value;
        }

        var host = _hosts[name] = new HostProcess(name, project, hostSettings);
        await host.Start(Http);
        return host;
    }

    // A setting of the whole engine has precedence.
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
        await EventStore.DisposeAsync();
        Http.Dispose();
    }
}
