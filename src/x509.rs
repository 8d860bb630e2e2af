//! Certificates: what they say, how they are read from files, and how webpki judges them.
