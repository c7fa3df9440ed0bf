using System.CommandLine;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Cli.Token;

/// <summary><c>hunt token</c>: prints a token and nothing else, for scripts.</summary>
public static class TokenCommand
{
    public static Command Create() => new("token", "Print a token (JWT) for development.") { ForPlayer(), ForStorefront(), ForAdmin() };

    private static Command ForPlayer()
    {
        var player = Named("id", $"The player: {IdentifierRules.PlayerRule}", IdentifierRules.IsPlayer);
        var hours = HoursOption(24, TokenFactory.DefaultTtl);
        var command = new Command("player", "A token that may claim.") { player, hours };
        command.SetAction(parsed => Print(parsed, tokens => tokens.Player(parsed.GetRequiredValue(player), TtlOf(parsed, hours))));
        return command;
    }

    private static Command ForStorefront()
    {
        var prefix = Named(
            "prefix",
            "The first part of its players' ids: at most 63 characters of A-Z a-z 0-9 . _ : - with ':' at the end, such as shop1:",
            IsPrefix);
        var hours = HoursOption(24, TokenFactory.DefaultTtl);
        var command = new Command("storefront", "A token that may claim for the players with a prefix.") { prefix, hours };
        command.SetAction(parsed => Print(parsed, tokens => tokens.Storefront(parsed.GetRequiredValue(prefix), TtlOf(parsed, hours))));
        return command;
    }

    private static Command ForAdmin()
    {
        var hours = HoursOption(1, TokenFactory.AdminTtl);
        var scope = new Option<string[]>(
            "--scope")
        {
            Description = $"A permission of the token; all of them when left out. May be repeated: {string.Join(", ", Scopes.All)}.",
            AllowMultipleArgumentsPerToken = true,
        };
        scope.AcceptOnlyFromAmong([.. Scopes.All]);
        var subject = new Option<string>(
            "--subject")
        { Description = "The administrator; recorded with every command.", DefaultValueFactory = _ => "admin" };
        var command = new Command("admin", "A token of an administrator.") { hours, scope, subject };
        command.SetAction(parsed => Print(parsed, tokens =>
            tokens.Admin(
                TtlOf(parsed, hours), parsed.GetValue(scope) is { Length: > 0 } scopes ? scopes : null, parsed.GetRequiredValue(subject))));
        return command;
    }

    private static bool IsPrefix(string text) => text is [.., ':'] && text.Length < IdentifierRules.MaxId && IdentifierRules.IsPlayer(text);

    private static Argument<string> Named(string name, string form, Func<string, bool> isValid)
    {
        var argument = new Argument<string>(name) { Description = form };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !isValid(token.Value))
            {
                result.AddError($"'{token.Value}' is not a {(name == "id" ? "player id" : name)}. {form}");
            }
        });
        return argument;
    }

    private static Option<double?> HoursOption(double max, TimeSpan defaultTtl) =>
        NumberOption.Of("--hours", 0.01, max, "How long the token is valid, in hours.", defaultTtl.TotalHours);

    private static TimeSpan TtlOf(ParseResult parsed, Option<double?> hours) =>
        TimeSpan.FromHours(parsed.GetValue(hours).GetValueOrDefault());

    private static int Print(ParseResult parsed, Func<TokenFactory, string> make)
    {
        var tokens = new TokenFactory(CliSettings.FromEnvironment(Environment.GetEnvironmentVariable).IssuerOf, TimeProvider.System);
        parsed.InvocationConfiguration.Output.WriteLine(make(tokens));
        return ExitCodes.Clean;
    }
}
