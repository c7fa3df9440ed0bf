using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>A checkout works in any folder in which .NET can build.</summary>
public class CheckoutFolderSpecs
{
    public static TheoryData<string> SpecialFolders =>
        ["/srv/a folder", "/srv/R&D", "/srv/it's", "/srv/a, b", "/srv/\"x\"", "/srv/$HOME;#1", "/srv/a folder named R&D, \"x\""];

    [Theory]
    [MemberData(nameof(SpecialFolders))]
    public async Task A_template_contains_the_folder_unchanged(string folder)
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
    public async Task The_folder_is_escaped_for_a_Redis_configuration(string folder, string text) =>
        Assert.Equal(text, (await Shell.Run("common", """redis_text "$1" """, folder)).Output.TrimEnd('\n'));

    [Theory]
    [MemberData(nameof(SpecialFolders))]
    public async Task RabbitMQ_gets_a_folder_without_special_characters(string folder)
    {
        var run = Directory.CreateTempSubdirectory("hunt-specs").FullName;
        try
        {
            var set = Path.Combine(run, folder.TrimStart('/'));
            Directory.CreateDirectory(set);
            var (_, output, errors) = await Shell.Run("common sets", """run_dir=$1; plain_folder rabbitmq; plain_folder rabbitmq""", set);
            var folders = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(("", 2, 1), (errors, folders.Length, folders.Distinct().Count()));
            Assert.Matches("^/var/tmp/treasure-hunt\\.[A-Za-z0-9]+$", folders[0]);
            Directory.Delete(folders[0]);
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
    public async Task A_character_that_breaks_the_build_is_reported(string folder, string character)
    {
        var (code, _, errors) = await Shell.Run("common", """validate_checkout_path "$1" """, folder);
        Assert.Equal(1, code);
        Assert.StartsWith($"hunt: the path of this checkout holds {character}", errors, StringComparison.Ordinal);
    }
}
