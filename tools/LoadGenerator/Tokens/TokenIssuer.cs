using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.LoadGenerator.Tokens;

/// <summary>Signs the tokens of one audience.</summary>
/// <param name="Name">The <c>iss</c> of tokens.</param>
public sealed record TokenIssuer(string Name, SigningCredentials Credentials);
