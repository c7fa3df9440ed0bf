using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>A checkout may lie in a folder with any name that .NET can build in.</summary>
public class FolderSpecs
{
    public static TheoryData<string> Odd =>
        ["/srv/a folder", "/srv/R&D", "/srv/it's", "/srv/a, b", "/srv/\"x\"", "/srv/$HOME;#1", "/srv/a folder named R&D, \"x\""];

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task A_template_takes_the_folder_as_it_is(string folder)
    {
        var (code, output, errors) = await Shell.Run(
            "common", """render "$1" "folder=$2" port=17061""", Repository.PathOf("deploy/local/redis-locks.conf"), folder);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains($"dir \"{folder}\"\n", output, StringComparison.Ordinal);
        Assert.Contains("port 17061\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/srv/\"x\"", "/srv/\\\"x\\\"")]
    [InlineData("""/srv/a\b""", """/srv/a\\b""")]
    [InlineData("/srv/it's R&D", "/srv/it's R&D")]
    public async Task Redis_reads_it_between_double_quotes(string folder, string text) =>
        Assert.Equal(text, (await Shell.Run("common", """redis_text "$1" """, folder)).Output.TrimEnd('\n'));

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task Servers_with_lists_and_shells_of_their_own_work_in_a_plain_folder(string folder)
    {
        var run = Directory.CreateTempSubdirectory("hunt-specs").FullName;
        try
        {
            var set = Path.Combine(run, folder.TrimStart('/'));
            Directory.CreateDirectory(set);
            var (_, output, errors) = await Shell.Run("common sets", """run_dir=$1; plain_folder rabbitmq; plain_folder rabbitmq""", set);
            var places = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(("", 2, 1), (errors, places.Length, places.Distinct().Count()));
            Assert.Matches("^/var/tmp/treasure-hunt\\.[A-Za-z0-9]+$", places[0]);
            Directory.Delete(places[0]);
        }
        finally
        {
            Directory.Delete(run, recursive: true);
        }
    }

    [Theory]
    [InlineData("""/srv/a\b""", @"'\'")]
    [InlineData("/srv/100%", "'%'")]
    [InlineData("/srv/a;b", "';'")]
    [InlineData("/srv/a \"x\"", "'\"'")]
    [InlineData("/srv/a*", "'*'")]
    [InlineData("/srv/why?", "'?'")]
    public async Task A_character_with_which_dotnet_cannot_build_is_named(string folder, string character)
    {
        var (code, _, errors) = await Shell.Run("common", """refuse_folder "$1" """, folder);
        Assert.Equal(1, code);
        Assert.StartsWith($"hunt: the path of this checkout holds {character}", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("99999")]
    [InlineData("65536")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("080")]
    [InlineData("8080 ")]
    [InlineData("8,080")]
    public async Task A_port_that_is_none_is_refused_before_anything_is_written(string port)
    {
        var (code, _, errors) = await Shell.Hunt(Repository.PathOf(""), ["servers", "up", "--name", "no-port"], ("HUNT_SITE_PORT", port));
        Assert.Equal(1, code);
        Assert.Equal($"hunt: HUNT_SITE_PORT is '{port}': it must be a port from 1 to 65535.\n", errors);
        Assert.False(Directory.Exists(Repository.PathOf(".run/no-port")));
    }
}
