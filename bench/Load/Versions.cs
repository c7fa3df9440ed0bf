using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TreasureHunt.Load;

/// <summary>The versions of the measured servers, as their programs print them.</summary>
internal static partial class Versions
{
    private static readonly (string Name, string Program, string Option)[] Servers =
    [
        ("PostgreSQL", "psql", "--version"),
        ("RabbitMQ", "dpkg-query", "-Wf ${Version} rabbitmq-server"),
        ("Redis", "redis-server", "--version"),
        ("Memcached", "memcached", "--version"),
        ("HAProxy", "haproxy", "-v"),
    ];

    public static Dictionary<string, string> Read()
    {
        var versions =
            new Dictionary<string, string>
            {
                [".NET"] = Environment.Version.ToString(),
                ["Linux"] = Environment.OSVersion.Version.ToString(3),
            };
        foreach (var (name, program, option) in Servers)
        {
            versions[name] = VersionOf(program, option);
        }

        return versions;
    }

    private static string VersionOf(string program, string option)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, option.Split(' ')) { RedirectStandardOutput = true })!;
            return Number().Match(process.StandardOutput.ReadLine() ?? "").Value;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "not installed";
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)+")]
    private static partial Regex Number();
}
