namespace TreasureHunt.LoadGenerator.Http;

/// <summary>The parts of a request that claims a treasure.</summary>
/// <param name="Bearer">The whole Authorization header.</param>
/// <param name="Body">The JSON body, or null for none.</param>
public sealed record ClaimCall(Uri Url, string Bearer, string Key, byte[]? Body);
