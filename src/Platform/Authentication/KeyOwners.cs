using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Which audience each key belongs to, whatever the key is called and wherever it came from.</summary>
public sealed class KeyOwners
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _owners = [];

    /// <summary>Gives keys to an audience instead of those that it had.</summary>
    /// <param name="section">The audience, as its settings name it.</param>
    /// <param name="use">Puts the keys into force. No other audience can take the former keys before that.</param>
    /// <exception cref="SettingException">One of the keys is another audience's. The audience keeps those that it had.</exception>
    public void Claim(string section, AudienceKeys keys, Action use)
    {
        var thumbprints = keys.All.Select(key => Convert.ToHexString(key.ComputeJwkThumbprint())).ToHashSet();
        lock (_lock)
        {
            foreach (var thumbprint in thumbprints)
            {
                if (_owners.TryGetValue(thumbprint, out var owner) && owner != section)
                {
                    throw Shared(section, owner);
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

            use();
        }
    }

    public static SettingException Shared(string section, string owner) =>
        new($"Auth__{section}: its keys are also those of Auth__{owner}, so that whoever signs the one could sign the other. Give each keys of its own.");
}
