using TreasureHunt.Contracts;

namespace TreasureHunt.Integration.Harness;

/// <summary>The issuers that the hosts of this test run trust.</summary>
public static class Issuers
{
    public static readonly TestIssuer Players = new("treasure-hunt-players", "players-1");
    public static readonly TestIssuer Storefronts = new("treasure-hunt-storefronts", "storefronts-1");
    public static readonly TestIssuer Administrators = new("treasure-hunt-administrators", "administrators-1");

    private static readonly Lazy<string> Folder = new(Write);

    /// <summary>The settings of a host that trusts these issuers.</summary>
    public static IEnumerable<(string Name, string Value)> Settings =>
    [
        ("Auth__Players__JwksFile", File("players.jwks.json")),
        ("Auth__Storefronts__JwksFile", File("storefronts.jwks.json")),
        ("Auth__Administrators__JwksFile", File("administrators.jwks.json")),
        ("Visitors__KeyFile", File("players.pem")),
    ];

    /// <summary>Returns the issuer of an audience.</summary>
    public static TestIssuer Of(string audience) => audience switch
    {
        Audiences.Administrator => Administrators,
        Audiences.Storefront => Storefronts,
        _ => Players,
    };

    private static string File(string name) => Path.Combine(Folder.Value, name);

    private static string Write()
    {
        var folder = Directory.CreateTempSubdirectory("hunt-test-keys").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        System.IO.File.WriteAllText(Path.Combine(folder, "players.jwks.json"), TestIssuer.Jwks(Players));
        System.IO.File.WriteAllText(Path.Combine(folder, "players.pem"), Players.PrivatePem);
        System.IO.File.WriteAllText(Path.Combine(folder, "storefronts.jwks.json"), TestIssuer.Jwks(Storefronts));
        System.IO.File.WriteAllText(Path.Combine(folder, "administrators.jwks.json"), TestIssuer.Jwks(Administrators));
        return folder;
    }
}
