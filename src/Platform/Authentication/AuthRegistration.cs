using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>
/// Adds authentication by tokens and the authorization policies of routes: one for each of <see cref="Scopes"/>, and those of
/// <see cref="Policies"/>.
/// </summary>
public static class AuthRegistration
{
    /// <param name="required">The sections that must have keys, such as <c>Players</c>.</param>
    /// <exception cref="SettingException">
    /// A setting of the section <c>Auth</c> is not allowed, and the host does not collect settings.
    /// </exception>
    public static AuthOptions AddTokens(this WebApplicationBuilder builder, params string[] required)
    {
        var options = builder.Services.AddSettings<AuthOptions>(builder.Configuration, "Auth");
        var problems =
            options.Sections()
                .SelectMany(section => FindProblems(
                    section.Name, section.Options, required.Contains(section.Name), builder.Environment.IsDevelopment()))
                .ToList();
        if (problems.Count == 0 && FindKeyProblem(options) is { } problem)
        {
            problems.Add(problem);
        }

        builder.Services.AddProblems(problems);
        builder.Services.AddSingleton(
            services => new KeySets(options, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<KeySets>>()));
        builder.Services.AddSingleton<CachingTokenHandler>();
        builder.Services.AddSingleton<KeyRefresh>().AddHostedService(services => services.GetRequiredService<KeyRefresh>());
        builder.Services.AddHealthChecks().AddCheck<KeyRefresh>("keys");
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<CachingTokenHandler>(
            (bearer, handler) =>
        {
            handler.MapInboundClaims = false;
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(handler);
        });

        var policies = builder.Services.AddAuthorizationBuilder()
            .AddPolicy(
                Policies.Claiming,
                policy => policy.RequireAssertion(context => context.User.Is(Audiences.Player) || context.User.Is(Audiences.Storefront)))
            .AddPolicy(Policies.ReadingClaims, policy => policy.RequireAssertion(context =>
                context.User.Is(Audiences.Player) || context.User.Is(Audiences.Storefront) || context.User.HasScope(Scopes.Claims)));
        foreach (var scope in Scopes.All)
        {
            policies.AddPolicy(scope, policy => policy.RequireAssertion(context => context.User.HasScope(scope)));
        }

        return options;
    }

    private static IEnumerable<string> FindProblems(string name, TokenOptions options, bool isRequired, bool isDevelopment)
    {
        if (isRequired && options.Sources().Count == 0)
        {
            yield return $"Auth__{name}: no keys are set. Set one of {PublicSources(name)}.";
        }

        if (!isDevelopment && options.SymmetricKeys().Count > 0)
        {
            yield return $"Auth__{name}__SigningKey: an HS256 key is for ASPNETCORE_ENVIRONMENT=Development only. "
                + $"Set public keys instead: {PublicSources(name)}.";
        }
    }

    private static string PublicSources(string name) =>
        $"Auth__{name}__Authority, Auth__{name}__JwksUrl, Auth__{name}__JwksFile or Auth__{name}__Jwks";

    // Local keys are read before the start, so that an invalid key prevents it.
    private static string? FindKeyProblem(AuthOptions options)
    {
        try
        {
            using var trial = new KeySets(options, TimeProvider.System, NullLogger<KeySets>.Instance);
            return null;
        }
        catch (SettingException unusable)
        {
            return unusable.Message;
        }
    }
}
