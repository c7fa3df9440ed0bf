using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Ensures that no key belongs to two audiences, whatever its id and source.</summary>
public sealed class KeyOwners
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _owners = [];

    /// <summary>Replaces the keys of an audience.</summary>
    /// <param name="section">The name of the audience in the settings.</param>
    /// <param name="apply">Makes the keys current. Until then no other audience can get the former keys.</param>
    /// <exception cref="SettingException">Another audience has one of the keys. The former keys stay assigned.</exception>
    public void Assign(string section, AudienceKeys keys, Action apply)
    {
        var thumbprints = keys.All.Select(key => Convert.ToHexString(key.ComputeJwkThumbprint())).ToHashSet();
        lock (_lock)
        {
            foreach (var thumbprint in thumbprints)
            {
                if (_owners.TryGetValue(thumbprint, out var owner) && owner != section)
                {
                    throw SharedKeys(section, owner);
                }
            }

            foreach (var former in _owners.Where(key => key.Value == section).Select(key => key.Key).ToList())
            {
                _owners.Remove(former);
            }

            foreach (var thumbprint in thumbprints)
            {
                _owners.Add(thumbprint, section);
            }

            apply();
        }
    }

    public static SettingException SharedKeys(string section, string owner) =>
        new($"Auth__{section}: its keys are also the keys of Auth__{owner}: the issuer of one could sign tokens of the other. "
            + "Give each audience its own keys.");
}
