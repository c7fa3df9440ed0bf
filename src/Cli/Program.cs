System.Console.WriteLine("hunt");
