using TreasureHunt.Cli;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class CliOptionSpecs
{
    [Theory]
    [InlineData("demo")]
    [InlineData("demo --players 10 --claims 100 --treasures 5 --seed 7 --callers 16")]
    [InlineData("audit --hunt demo-1")]
    [InlineData("token player alice --hours 1")]
    [InlineData("token admin")]
    [InlineData("token admin --scope hunts --scope read --subject erika")]
    [InlineData("token storefront shop1:")]
    [InlineData("keys here")]
    [InlineData("errors list")]
    [InlineData("errors show claims-0 --count 5")]
    [InlineData("errors retry claims-0 --all")]
    [InlineData("errors drop claims-intake --id 0123456789abcdef --yes")]
    public void Valid_command_lines_have_no_errors(string line) => Assert.Empty(Errors(line));

    [Theory]
    [InlineData("demo --players 0", "--players must be a number from 1 to 1000000, not '0'.")]
    [InlineData("demo --players many", "--players must be a number from 1 to 1000000, not 'many'.")]
    [InlineData("token admin --hours soon", "--hours must be a number from 0.01 to 1, not 'soon'.")]
    [InlineData("demo --callers 20000", "--callers must be a number from 1 to 10000, not '20000'.")]
    [InlineData("demo --players 5 --from /dev/null", "--players cannot go with --from: the trace has the claims.")]
    [InlineData("demo --speed 2x", "--speed goes only with --from.")]
    [InlineData("demo --from /dev/null --speed fast", "--speed must be a factor such as 2x or 0.5x (0.01x to 1000x), not 'fast'.")]
    [InlineData("demo --stock 5", "--stock goes only with --from.")]
    [InlineData("demo --from /dev/null --stock 0", "--stock must be a number from 1 to 1000000, not '0'.")]
    [InlineData("demo --from /no/such/trace", "/no/such/trace does not exist: --from takes a trace that --record wrote.")]
    [InlineData("demo --json /no/such/folder/file", "/no/such/folder does not exist: /no/such/folder/file could not be written.")]
    [InlineData("demo --record /", "/ is a folder: name a file.")]
    [InlineData("audit --hunt NO", "'NO' is not a hunt id: 1 to 64 characters of a-z 0-9 -, beginning with a letter or digit.")]
    [InlineData("token player a/b", "'a/b' is not a player id. The player: 1 to 64 characters of A-Z a-z 0-9 . _ : -")]
    [InlineData("token admin --hours 0", "--hours must be a number from 0.01 to 1, not '0'.")]
    [InlineData("token player alice --hours 25", "--hours must be a number from 0.01 to 24, not '25'.")]
    [InlineData("token storefront shop1", "'shop1' is not a prefix. The first part of its players' ids: at most 63 characters of A-Z a-z 0-9 . _ : - with ':' at the end, such as shop1:")]
    [InlineData("token player alice --hours 1,5", "--hours must be a number from 0.01 to 24, not '1,5'.")]
    [InlineData("token player alice --hours 0,5", "--hours must be a number from 0.01 to 24, not '0,5'.")]
    [InlineData("demo --players 5.000", "--players must be a number from 1 to 1000000, not '5.000'.")]
    [InlineData("demo --players 5,000", "--players must be a number from 1 to 1000000, not '5,000'.")]
    [InlineData("demo --claims 50.000", "--claims must be a number from 10 to 5000000, not '50.000'.")]
    [InlineData("demo --treasures 1.0", "--treasures must be a number from 1 to 1000, not '1.0'.")]
    [InlineData("demo --deadline 1,2,0", "--deadline must be a number from 1 to 3600, not '1,2,0'.")]
    [InlineData("demo --from /dev/null --speed 1,5x", "--speed must be a factor such as 2x or 0.5x (0.01x to 1000x), not '1,5x'.")]
    [InlineData("errors retry claims-0", "Name the messages by either --id or --all.")]
    [InlineData("errors drop claims-0 --id 1 --all", "Name the messages by either --id or --all.")]
    [InlineData("errors show claims-0 --count 0", "--count must be a number from 1 to 100, not '0'.")]
    public void An_invalid_option_value_is_refused_with_a_message(string line, string sentence) => Assert.Equal([sentence], Errors(line));

    [Theory]
    [InlineData("demo --nonsense")]
    [InlineData("token player")]
    public void Invalid_command_lines_have_errors(string line) => Assert.NotEmpty(Errors(line));

    private static IEnumerable<string> Errors(string line) => HuntCommand.Create().Parse(line).Errors.Select(error => error.Message);
}
