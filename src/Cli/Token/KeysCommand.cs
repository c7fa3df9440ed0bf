using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Cli.Token;

/// <summary>
/// <c>hunt keys</c>: makes a key pair for each audience. <c>NAME.pem</c> is the private key, for the token issuer only;
/// <c>NAME.jwks.json</c> is the key set that hosts read (<c>Auth__…__JwksFile</c>).
/// </summary>
public static class KeysCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "Folder for the files; existing keys stay." };
        var command = new Command("keys", "Make the keys of players, storefronts and administrators.") { folder };
        command.SetAction(parsed => Make(parsed.GetRequiredValue(folder).FullName));
        return command;
    }

    /// <summary>Makes the missing keys of a folder.</summary>
    /// <exception cref="CliException">A private key exists without its key set, or the reverse: neither can be made again.</exception>
    public static void Make(string folder)
    {
        Directory.CreateDirectory(folder);
        var files = CliSettings.Sections.Select(section => (section, file: Path.Combine(folder, section.ToLowerInvariant()))).ToList();
        foreach (var (_, file) in files)
        {
            var (isSecret, isPublic) = (File.Exists($"{file}.pem"), File.Exists($"{file}.jwks.json"));
            if (isSecret != isPublic)
            {
                var (existing, missing) = isSecret ? (".pem", ".jwks.json") : (".jwks.json", ".pem");
                throw new CliException(
                    $"{file}{existing} exists without {Path.GetFileName(file)}{missing}: no key was made. "
                    + $"Restore {file}{missing}, or remove {file}{existing}.");
            }
        }

        foreach (var (section, file) in files.Where(key => !File.Exists($"{key.file}.pem")))
        {
            MakeOne(section, file);
        }
    }

    // Hosts verify every player's token, and to verify an RSA signature takes a fifth of the time of an elliptic one. Other tokens are few.
    private static void MakeOne(string section, string file)
    {
        using var rsa = RSA.Create(2048);
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (pem, key) = section == "Players"
            ? (rsa.ExportPkcs8PrivateKeyPem(), Public(new RsaSecurityKey(rsa), "RS256"))
            : (elliptic.ExportPkcs8PrivateKeyPem(), Public(new ECDsaSecurityKey(elliptic), "ES256"));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var secret = new StreamWriter($"{file}.pem", options);
        secret.WriteLine(pem);
        File.WriteAllText(
            $"{file}.jwks.json",
            new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    private static JsonObject Public(SecurityKey key, string algorithm)
    {
        var all = JsonWebKeyConverter.ConvertFromSecurityKey(key);
        var published = new JsonObject
        {
            ["kid"] = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint()),
            ["use"] = "sig",
            ["alg"] = algorithm,
            ["kty"] = all.Kty,
        };
        foreach (var (name, value) in new[] { ("crv", all.Crv), ("x", all.X), ("y", all.Y), ("n", all.N), ("e", all.E) }.Where(
            part => part.Item2 is not null))
        {
            published[name] = value;
        }

        return published;
    }
}
