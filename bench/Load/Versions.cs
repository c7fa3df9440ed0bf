using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TreasureHunt.Load;

/// <summary>Which servers were measured, as they say themselves.</summary>
internal static class Versions
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
        var versions = new Dictionary<string, string> { [".NET"] = RuntimeInformation.FrameworkDescription, ["Linux"] = Environment.OSVersion.Version.ToString() };
        foreach (var (name, program, option) in Servers)
        {
            versions[name] = Ask(program, option);
        }

        return versions;
    }

    private static string Ask(string program, string option)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, option.Split(' ')) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadLine()?.Trim() ?? "?";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "not installed here";
        }
    }
}
