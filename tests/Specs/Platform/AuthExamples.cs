using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>A host for players and administrators, with settings of section <c>Auth</c>.</summary>
internal static class AuthExamples
{
    public const string Key = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";

    public static readonly string Jwks = TokenSigner.Jwks(new TokenSigner("players"));

    public static readonly string OtherJwks = TokenSigner.Jwks(new TokenSigner("administrators"));

    /// <summary>The message with which the host refuses the settings.</summary>
    public static string Refused(string environment, params (string Name, string Value)[] settings) =>
        Assert.Throws<SettingException>(() => Start(environment, settings)).Message;

    public static void Start(string environment, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(
            settings.ToDictionary(setting => $"Auth:{setting.Name}", string? (setting) => setting.Value));
        builder.AddTokens(nameof(AuthOptions.Players), nameof(AuthOptions.Administrators));
    }
}
