using System.Diagnostics;
using System.Text.Json;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The exit code and the output of a host that has ended.</summary>
internal sealed record HostRun(int ExitCode, string Output, string Errors)
{
    public static readonly string[] Hosts = ["Api", "Commands", "Projections"];

    /// <summary>Valid settings for each host.</summary>
    private static readonly Dictionary<string, string> Complete = new()
    {
        ["ConnectionStrings__Postgres"] = "Host=127.0.0.1;Port=1;Database=d;Username=hunt;Password=postgres-secret",
        ["ConnectionStrings__RabbitMq"] = "amqp://hunt:rabbit-secret@127.0.0.1:1/hunt",
        ["ConnectionStrings__RedisLocks"] = "127.0.0.1:1,password=redis-secret;127.0.0.1:2;127.0.0.1:3",
        ["ConnectionStrings__RedisReadModels"] = "127.0.0.1:4,password=redis-secret",
        ["ConnectionStrings__Memcached"] = "127.0.0.1:5",
        // Symmetric keys are for Development only.
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Auth__Players__SigningKey"] = "players-secret-players-secret-players-secret",
        ["Auth__Administrators__SigningKey"] = "administrators-secret-administrators-secret",
    };

    public string[] Sentences => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public List<Setting> Settings =>
        JsonDocument.Parse(Output).RootElement.GetProperty("settings").Deserialize<List<Setting>>(JsonSerializerOptions.Web)!;

    public Setting this[string name] => Settings.Single(setting => setting.Name == name);

    /// <summary>Runs a host with valid settings and these changes. A null value removes a setting.</summary>
    public static async Task<HostRun> Of(string host, string[] arguments, params (string Name, string? Value)[] changes)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"TreasureHunt.{host}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The environment of the tests may contain settings of a running set.
        foreach (var name in start.Environment.Keys.Where(
            name => name.Contains("__", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Complete.Select(setting => (setting.Key, (string?)setting.Value)).Concat(changes))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new HostRun(process.ExitCode, await output, await errors);
    }

    public static Task<HostRun> Check(string host, params (string Name, string? Value)[] changes) => Of(host, ["--check-config"], changes);
}
